package io.sluice.optimizer.rollouts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.contracts.directive.Ack;
import io.sluice.optimizer.alerts.Alerts;
import io.sluice.optimizer.presence.Presence;
import io.sluice.optimizer.rollouts.AckRefused.Cause;
import io.sluice.optimizer.rollouts.AckStore.Facts;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;

/** Judges acknowledgements, records them, and tells whoever waits for a rollout. */
@ApplicationScoped
class Acks {
    private final AckStore store;
    private final Presence presence;
    private final Alerts alerts;
    private final RolloutWait waiting;
    private final MeterRegistry meters;
    private final Timer propagation;

    Acks(AckStore store, Presence presence, Alerts alerts, RolloutWait waiting, MeterRegistry meters) {
        this.store = store;
        this.presence = presence;
        this.alerts = alerts;
        this.waiting = waiting;
        this.meters = meters;
        this.propagation = meters.timer("sluice.optimizer.propagation");
    }

    /** Takes one; repeating it changes nothing. */
    Uni<Void> take(String worker, Ack ack) {
        return store.facts(worker, ack)
                .invoke(facts -> judge(worker, ack, facts))
                .onFailure(AckRefused.class)
                .invoke(failure -> refused(worker, ack, failure.cause()))
                .onFailure(UnknownResource.class)
                .invoke(failure -> count("unknown_worker"))
                .flatMap(facts -> store.record(worker, ack).invoke(news -> taken(worker, ack, facts, news)))
                .replaceWithVoid();
    }

    static void judge(String worker, Ack ack, Facts facts) {
        if (facts.bootId() == null) {
            throw new UnknownResource("worker", worker);
        }
        if (!facts.bootId().equals(ack.bootId())) {
            throw new AckRefused(Cause.OTHER_BOOT, "Register this boot first: POST /api/v1/workers.");
        }
        if (facts.epoch() == null || facts.epoch() != ack.epoch()) {
            throw new AckRefused(
                    Cause.NEVER_SENT,
                    "Generation " + ack.generation() + " of " + ack.scope() + " was never issued in epoch "
                            + ack.epoch() + ".");
        }
        if (!ack.contentHash().equals(facts.contentHash())) {
            throw new AckRefused(
                    Cause.CONTENT_MISMATCH,
                    "Its content hash is " + facts.contentHash() + ": somebody else issued the one you hold.");
        }
    }

    private void refused(String worker, Ack ack, Cause cause) {
        count(cause.name().toLowerCase(Locale.ROOT));
        if (cause == Cause.CONTENT_MISMATCH) {
            alerts.raise(
                    "split-brain " + ack.scope(),
                    Alerts.Severity.P1,
                    "DirectiveSplitBrain",
                    ack.scope(),
                    worker + " holds another content of epoch " + ack.epoch() + ", generation " + ack.generation());
        }
    }

    private void taken(String worker, Ack ack, Facts facts, boolean news) {
        presence.seen(worker, "");
        if (!news) {
            return;
        }
        String alert = "rejected " + worker + ' ' + ack.scope();
        switch (ack.status()) {
            case APPLIED, PARTIAL -> {
                alerts.resolve(alert);
                if (facts.seconds() != null) {
                    propagation.record(Duration.ofNanos((long) (facts.seconds() * 1e9)));
                }
            }
            case REJECTED ->
                alerts.raise(
                        alert,
                        Alerts.Severity.P2,
                        "DirectiveRejected",
                        ack.scope(),
                        worker + " rejected generation " + ack.generation() + ": " + ack.message());
            case RECEIVED -> {}
        }
        waiting.changed(ack.scope(), ack.generation());
    }

    private void count(String reason) {
        Counter.builder("sluice.optimizer.acks.refused")
                .tag("reason", reason)
                .register(meters)
                .increment();
    }
}
