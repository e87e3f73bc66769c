package io.sluice.alerting.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.groups.GroupTimers;
import io.sluice.platform.database.DatabaseFailures;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Stores alerts, those of requests that come while a commit is under way together in the next one. A request is told that its
 * alerts are kept only after the commit that holds them.
 */
@Singleton
class AlertIntake {
    private static final int MOST_TOGETHER = 2_000;

    private final IntakeStore store;
    private final GroupTimers timers;
    private final int mostWaiting;
    private final Counter accepted;
    private final Queue<Submission> waiting = new ArrayDeque<>();
    private int waitingAlerts;
    private boolean storing;

    AlertIntake(IntakeStore store, GroupTimers timers, IntakeConfig config, MeterRegistry registry) {
        this.store = store;
        this.timers = timers;
        this.mostWaiting = config.mostWaiting();
        this.accepted = Counter.builder("sluice.alerting.accepted")
                .description("Reports of alerts that were committed")
                .register(registry);
    }

    private record Submission(List<Alert> alerts, UniEmitter<? super Void> emitter) {}

    /** Ends when the alerts are committed; fails when they are not, and then none of them need be. */
    Uni<Void> keep(List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(emitter -> {
            synchronized (waiting) {
                if (waitingAlerts + alerts.size() > mostWaiting && waitingAlerts > 0) {
                    emitter.fail(new IntakeFull());
                    return;
                }
                waiting.add(new Submission(alerts, emitter));
                waitingAlerts += alerts.size();
            }
            storeNext();
        });
    }

    private void storeNext() {
        List<Submission> batch = new ArrayList<>();
        synchronized (waiting) {
            if (storing || waiting.isEmpty()) {
                return;
            }
            int size = 0;
            while (!waiting.isEmpty()
                    && (batch.isEmpty() || size + waiting.peek().alerts().size() <= MOST_TOGETHER)) {
                Submission next = waiting.remove();
                size += next.alerts().size();
                batch.add(next);
            }
            waitingAlerts -= size;
            storing = true;
        }
        commit(batch).subscribe().with(done -> next(), failure -> next());
    }

    private void next() {
        synchronized (waiting) {
            storing = false;
        }
        storeNext();
    }

    private Uni<Void> commit(List<Submission> batch) {
        List<Alert> alerts = batch.stream()
                .flatMap(submission -> submission.alerts().stream())
                .toList();
        return store.keep(alerts)
                .invoke(changed -> {
                    accepted.increment(alerts.size());
                    batch.forEach(submission -> submission.emitter().complete(null));
                    if (changed) {
                        timers.changed();
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> apart(batch, failure));
    }

    /** A statement that fails for one request's alerts must not cost the others theirs. */
    private Uni<Void> apart(List<Submission> batch, Throwable failure) {
        if (batch.size() == 1 || DatabaseFailures.unavailable(failure)) {
            batch.forEach(submission -> submission.emitter().fail(failure));
            return Uni.createFrom().voidItem();
        }
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Submission submission : batch) {
            all = all.flatMap(done -> commit(List.of(submission)));
        }
        return all;
    }
}
