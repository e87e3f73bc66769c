package io.sluice.image.directive;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.contracts.directive.DirectiveLease.InForce;
import io.sluice.contracts.directive.DirectiveSignatures;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.directive.Throttle;
import io.sluice.platform.clock.NanoClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the optimizer's directives mean here, asked on each request: volatile reads and one hash. Without a directive, or after
 * its lease has decayed, nothing is lowered.
 */
@ApplicationScoped
public class DirectiveInForce {
    private final DirectiveInbox inbox;
    private final NanoClock clock;
    private final String workerId;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private record Bucket(Throttle throttle, TokenBucket tokens) {}

    DirectiveInForce(ReceiverConfig config, ObjectMapper json, NanoClock clock) {
        Map<String, PublicKey> keys = new HashMap<>();
        config.keys().forEach((kid, key) -> keys.put(kid, DirectiveSignatures.publicKey(key)));
        this.inbox = new DirectiveInbox(keys, bytes -> read(json, bytes));
        this.clock = clock;
        this.workerId = config.workerId();
    }

    /** What a key of this collection may be served at the most. */
    public LevelCaps caps(String collection, String oid) {
        return inForce(collection).map(directive -> directive.capsOf(oid)).orElse(LevelCaps.NONE);
    }

    /** Where a key stands while anything is lowered for its collection; empty when nothing is, so that nothing can be compared. */
    public Optional<Mix.Place> place(String collection, String oid) {
        return inForce(collection)
                .filter(held -> held.directive().mix().upper() > held.loweredBy())
                .map(held -> {
                    Mix.Place place = held.directive().mix().placeOf(oid);
                    return new Mix.Place(
                            Math.max(0, place.level() - held.loweredBy()), place.heldBack(), place.slice());
                });
    }

    /** {@code {epoch}-{generation}} of the directive that decides for a collection; empty without one. */
    public Optional<String> label(String collection) {
        return inForce(collection)
                .map(held -> held.directive().epoch() + "-" + held.directive().generation());
    }

    /** Whether a feature is on for a collection: it is off only while the directive that says so is fresh. */
    public boolean has(Feature feature, String collection) {
        return inForce(collection)
                .filter(held -> RolloutShare.includes(held.directive().rollout(), workerId))
                .map(held -> !held.disabledFeatures().contains(feature.token()))
                .orElse(true);
    }

    /**
     * Takes a permit to begin a new encode; false when a throttle holds it back.
     *
     * @param priority 1 (somebody waits) to 9 (whenever there is time): the less urgent is shed whole, the rest is counted out
     */
    public boolean mayBegin(String collection, int priority) {
        Optional<InForce> held = inForce(collection);
        Throttle throttle = held.flatMap(this::throttle).orElse(null);
        if (held.isEmpty() || throttle == null) {
            return true;
        }
        Integer shedBelow = throttle.shedBelowPriority();
        if (shedBelow != null && priority > shedBelow) {
            return false;
        }
        return buckets.compute(
                        held.get().directive().scope(),
                        (scope, bucket) -> bucket != null && bucket.throttle.equals(throttle)
                                ? bucket
                                : new Bucket(
                                        throttle, new TokenBucket(throttle.rps(), throttle.burst(), clock.nanos())))
                .tokens
                .take(clock.nanos());
    }

    /** What a client is told that was held back. */
    public int retryAfterSeconds(String collection) {
        return inForce(collection)
                .flatMap(this::throttle)
                .map(Throttle::retryAfterSeconds)
                .orElse(1);
    }

    DirectiveInbox inbox() {
        return inbox;
    }

    private Optional<InForce> inForce(String collection) {
        return inbox.view().of(collection, clock.nanos());
    }

    /**
     * A throttle does not outlive its lease: a worker that hears nothing must not hold work back. One that a rollout has not
     * reached keeps the throttle from before.
     */
    private Optional<Throttle> throttle(InForce held) {
        if (held.loweredBy() > 0) {
            return Optional.empty();
        }
        Directive.Rollout rollout = held.directive().rollout();
        return Optional.ofNullable(
                rollout == null || RolloutShare.includes(rollout, workerId)
                        ? held.directive().throttle()
                        : rollout.before());
    }

    private static Directive read(ObjectMapper json, byte[] bytes) {
        try {
            return json.readValue(bytes, Directive.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the directive cannot be read", e);
        }
    }
}
