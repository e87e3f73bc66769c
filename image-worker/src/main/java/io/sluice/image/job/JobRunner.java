package io.sluice.image.job;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.image.MalformedAddress;
import io.sluice.image.variant.Undecodable;
import io.sluice.platform.database.Notifications;
import io.sluice.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Works the queue off on platform threads of its own: claim, encode, publish, end the job. PostgreSQL's notification wakes
 * them; a look each second is the safety net. A job whose worker dies is taken up again when its lease has run out; one that
 * keeps failing is set aside.
 */
@ApplicationScoped
class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final JobStore store;
    private final JobWork work;
    private final WorkerName name;
    private final Admission admission;
    private final JobConfig config;
    private final JobMeters meters;
    private final Notifications notifications;
    private final Map<Long, JobClaim> running = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    JobRunner(
            JobStore store,
            JobWork work,
            WorkerName name,
            Admission admission,
            JobConfig config,
            JobMeters meters,
            Notifications notifications) {
        this.store = store;
        this.work = work;
        this.name = name;
        this.admission = admission;
        this.config = config;
        this.meters = meters;
        this.notifications = notifications;
    }

    void start(@Observes StartupEvent event) {
        if (config.threads() > 0) {
            notifications.listen(JobStore.CHANNEL, admission::ring);
        }
        for (int i = 0; i < config.threads(); i++) {
            threads.add(Thread.ofPlatform().daemon().name("deferred-", i).start(this::work));
        }
    }

    /** Waits for the encode under way; what is not finished by then is taken up after its lease. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        admission.stop();
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    /** Jobs that this worker has. */
    int running() {
        return running.size();
    }

    /** A job whose lease was lost, or that was cancelled, is let go: its work stops at the next variant. */
    @Scheduled(every = "10s")
    Uni<Void> keepLeases() {
        List<Uni<Boolean>> beats = running.values().stream().map(this::beat).toList();
        return beats.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(beats).andCollectFailures().replaceWithVoid();
    }

    private Uni<Boolean> beat(JobClaim job) {
        return store.heartbeat(job, name.owner(), config.lease())
                .onFailure()
                .recoverWithItem(true)
                .invoke(mine -> {
                    if (!mine) {
                        running.remove(job.id(), job);
                    }
                });
    }

    private void work() {
        try {
            while (!admission.stopped()) {
                Optional<JobClaim> job = admission.draining() ? Optional.empty() : claim();
                if (job.isPresent()) {
                    run(job.get());
                } else {
                    admission.await(config.poll().toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<JobClaim> claim() {
        try {
            return store.claim(name.owner(), config.lease()).await().atMost(DATABASE);
        } catch (RuntimeException e) {
            LOG.debugf("the queue cannot be read: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private void run(JobClaim job) {
        running.put(job.id(), job);
        meters.started(job.waitedSeconds());
        try {
            note(job, work.perform(job, () -> job.equals(running.get(job.id()))));
        } catch (MalformedAddress | Undecodable e) {
            fail(job, e, true);
        } catch (ProblemException e) {
            fail(job, e, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.errorf(e, "job %d failed", job.id());
            fail(job, e, false);
        } finally {
            running.remove(job.id(), job);
        }
    }

    private void note(JobClaim job, Worked worked) {
        switch (worked) {
            case Worked.Ended ended ->
                meters.ended(
                        job.kind(),
                        told(job, store.end(job, name.owner(), ended.result()))
                                ? ended.result().token()
                                : "lost");
            case Worked.Later later -> {
                meters.ended(job.kind(), "later");
                told(job, store.later(job, name.owner(), later.seconds()).replaceWith(true));
            }
        }
    }

    private void fail(JobClaim job, Exception cause, boolean forGood) {
        meters.ended(job.kind(), "failed");
        told(
                job,
                store.failed(job, name.owner(), String.valueOf(cause.getMessage()), forGood)
                        .replaceWith(true));
    }

    /** Whether the queue took it; if not, the job is found done, or fails again, after its lease. */
    private boolean told(JobClaim job, Uni<Boolean> word) {
        try {
            return word.await().atMost(DATABASE);
        } catch (RuntimeException e) {
            LOG.warnf("what came of job %d could not be noted: %s", job.id(), e.getMessage());
            return false;
        }
    }
}
