package io.sluice.optimizer.overrides;

import io.sluice.optimizer.policies.Axis;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;

/**
 * A level that an operator has set by hand, for a time.
 *
 * @param scope {@code global} or {@code collection:{name}}
 * @param level 0-4
 * @param actor who set it
 * @param expiresAt by the database's clock
 * @param immediate whether what it raises goes to all at once, without steps
 */
public record LevelOverride(
        UUID id,
        String scope,
        Axis axis,
        Kind kind,
        double level,
        String reason,
        String actor,
        Instant createdAt,
        Instant expiresAt,
        boolean immediate) {

    /** What an override does to the level that would be without it. */
    public enum Kind {
        /** Not below. */
        FLOOR,
        /** Not above; counts more than a floor. */
        CEILING,
        /** Exactly; the newest pin counts more than all else. */
        PIN
    }

    /** The level that overrides make of {@code automatic}, whatever their order. */
    public static double apply(double automatic, Collection<LevelOverride> overrides) {
        double level = automatic;
        for (LevelOverride override : overrides) {
            level = override.kind == Kind.FLOOR ? Math.max(level, override.level) : level;
        }
        for (LevelOverride override : overrides) {
            level = override.kind == Kind.CEILING ? Math.min(level, override.level) : level;
        }
        double capped = level;
        return overrides.stream()
                .filter(override -> override.kind == Kind.PIN)
                .max(Comparator.comparing(LevelOverride::createdAt).thenComparing(LevelOverride::id))
                .map(LevelOverride::level)
                .orElse(capped);
    }
}
