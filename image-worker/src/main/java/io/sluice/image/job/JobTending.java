package io.sluice.image.job;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** Looks after the queue: takes lost jobs back, keeps the history bounded, tells the meters. Every worker does; once suffices. */
@ApplicationScoped
class JobTending {
    private static final Logger LOG = Logger.getLogger(JobTending.class);

    private final JobStore store;
    private final JobSummaryStore summaries;
    private final JobHistoryStore history;
    private final WorkerName name;
    private final JobMeters meters;
    private final Migrations migrations;
    private final InstantSource clock;

    JobTending(
            JobStore store,
            JobSummaryStore summaries,
            JobHistoryStore history,
            WorkerName name,
            JobMeters meters,
            Migrations migrations,
            InstantSource clock) {
        this.store = store;
        this.summaries = summaries;
        this.history = history;
        this.name = name;
        this.meters = meters;
        this.migrations = migrations;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        migrations.whenDone(() -> tendHistory().subscribe().with(done -> LOG.debug("the history is ready")));
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reap() {
        return store.reap(name.id(), name.owner())
                .invoke(meters::reaped)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return summaries
                .summary()
                .invoke(meters::show)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tendHistory() {
        return history.tend(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .onFailure()
                .invoke(failure -> LOG.warnf("the history of jobs was not tended: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
