package io.sluice.gateway.directives;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.CachePolicy;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.contracts.directive.DirectiveLease;
import io.sluice.contracts.directive.DirectiveLease.InForce;
import io.sluice.contracts.directive.DirectiveSignatures;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.directive.Throttle;
import io.sluice.platform.clock.NanoClock;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The directives in force. Reading takes no lock; the level of a key, a SHA-256, is remembered for the keys in use. */
@Singleton
@RegisterForReflection(
        targets = {
            Directive.class,
            Directive.Actor.class,
            Directive.Reason.class,
            Directive.Rollout.class,
            Axes.class,
            Mix.class,
            LevelCaps.class,
            Throttle.class,
            CachePolicy.class
        })
public class Directives {
    private static final int SLOTS = 16_384;

    private final DirectiveInbox inbox;
    private final NanoClock nanos;
    private final AtomicReferenceArray<Level> levels = new AtomicReferenceArray<>(SLOTS);

    Directives(DirectivesConfig config, ObjectMapper json, NanoClock nanos) {
        this.nanos = nanos;
        this.inbox = new DirectiveInbox(keys(config), payload -> read(json, payload));
    }

    /** What is in force for a collection now, decay included; null means normal. */
    public @Nullable InForce inForce(String collection) {
        DirectiveInbox.View view = inbox.view();
        return view.leases().isEmpty()
                ? null
                : view.of(collection, nanos.nanos()).orElse(null);
    }

    /** Level 0-4 of a key on the egress axis. */
    public int levelOf(InForce force, String oid) {
        Mix mix = force.directive().mix();
        if (mix.upper() == 0) {
            return 0;
        }
        int slot = oid.hashCode() & (SLOTS - 1);
        Level known = levels.get(slot);
        if (known == null || !known.mix.equals(mix) || !known.oid.equals(oid)) {
            known = new Level(mix, oid, mix.levelOf(oid));
            levels.set(slot, known);
        }
        return Math.max(0, known.level - force.loweredBy());
    }

    /** What a level caps. */
    public static LevelCaps caps(InForce force, int level) {
        return level == 0 ? LevelCaps.NONE : force.directive().levels().getOrDefault(level, LevelCaps.NONE);
    }

    /** By how much lifetimes that are not immutable are longer, at least 1. */
    public static double lifetimes(@Nullable InForce force) {
        if (force == null || force.loweredBy() > 0) {
            return 1;
        }
        CachePolicy cache = force.directive().cache();
        return cache == null ? 1 : cache.ttlMultiplier();
    }

    /** Whether a directive stops what reads from the origin without being asked to. */
    public static boolean warmingPaused(@Nullable InForce force) {
        CachePolicy cache = force == null || force.loweredBy() > 0
                ? null
                : force.directive().cache();
        return cache != null && cache.warmingPaused();
    }

    DirectiveInbox inbox() {
        return inbox;
    }

    Map<String, DirectiveLease> leases() {
        return inbox.view().leases();
    }

    private static Map<String, PublicKey> keys(DirectivesConfig config) {
        Map<String, PublicKey> keys = new HashMap<>();
        config.keys().forEach((kid, key) -> keys.put(kid, DirectiveSignatures.publicKey(key)));
        return keys;
    }

    private static Directive read(ObjectMapper json, byte[] payload) {
        try {
            return json.readValue(payload, Directive.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Level(Mix mix, String oid, int level) {}
}
