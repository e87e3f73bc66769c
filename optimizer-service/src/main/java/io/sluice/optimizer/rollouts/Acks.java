package io.sluice.optimizer.rollouts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.contracts.directive.Ack;
import io.sluice.optimizer.alerts.Alerts;
import io.sluice.optimizer.presence.Presence;
import io.sluice.optimizer.rollouts.AckRefused.Cause;
import io.sluice.optimizer.rollouts.AckStore.Facts;
import io.sluice.optimizer.rollouts.AckStore.Given;
import io.sluice.optimizer.rollouts.AckStore.ReceiptKey;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges acknowledgements, many at a time, records them, and tells whoever waits for a rollout. */
@ApplicationScoped
class Acks {
    /** Enough that PostgreSQL's own work outweighs the round trip. */
    private static final int LARGEST = 1000;

    private static final int MOST_WAITING = 50_000;

    private final AckStore store;
    private final Presence presence;
    private final Alerts alerts;
    private final RolloutWait waiting;
    private final MeterRegistry meters;
    private final Timer propagation;
    private final Gathering<Given> gathering = new Gathering<>(LARGEST, MOST_WAITING, Given::key, this::take);

    Acks(AckStore store, Presence presence, Alerts alerts, RolloutWait waiting, MeterRegistry meters) {
        this.store = store;
        this.presence = presence;
        this.alerts = alerts;
        this.waiting = waiting;
        this.meters = meters;
        this.propagation = meters.timer("sluice.optimizer.propagation");
    }

    /** Takes one; repeating it changes nothing. Done when it is committed. */
    Uni<Void> take(String worker, Ack ack) {
        return gathering.add(new Given(worker, ack));
    }

    private Uni<List<Optional<Throwable>>> take(List<Given> batch) {
        return store.facts(batch).flatMap(facts -> {
            List<Optional<Throwable>> refusals = new ArrayList<>();
            List<Given> good = new ArrayList<>();
            List<Facts> ofGood = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                Optional<Throwable> refusal = refusal(batch.get(i), facts.get(i));
                refusals.add(refusal);
                if (refusal.isEmpty()) {
                    good.add(batch.get(i));
                    ofGood.add(facts.get(i));
                }
            }
            return store.record(good).invoke(news -> taken(good, ofGood, news)).replaceWith(refusals);
        });
    }

    private Optional<Throwable> refusal(Given given, Facts facts) {
        try {
            judge(given.worker(), given.ack(), facts);
            return Optional.empty();
        } catch (AckRefused refused) {
            refused(given.worker(), given.ack(), refused.cause());
            return Optional.of(refused);
        } catch (UnknownResource unknown) {
            count("unknown_worker");
            return Optional.of(unknown);
        }
    }

    private void taken(List<Given> good, List<Facts> facts, Set<ReceiptKey> news) {
        for (int i = 0; i < good.size(); i++) {
            Given given = good.get(i);
            taken(given.worker(), given.ack(), facts.get(i), news.contains(given.key()));
        }
        news.stream()
                .map(key -> Map.entry(key.scope(), key.generation()))
                .distinct()
                .forEach(changed -> waiting.changed(changed.getKey(), changed.getValue()));
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
    }

    private void count(String reason) {
        Counter.builder("sluice.optimizer.acks.refused")
                .tag("reason", reason)
                .register(meters)
                .increment();
    }
}
