package io.sluice.contracts.directive;

import io.sluice.contracts.image.Names;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What receivers must do for one scope, complete, never a change to an earlier one. A directive only lowers: it never raises
 * anything above what a request or preset asked. Level 0 everywhere is the explicit "normal"; absence is no signal.
 *
 * @param id unique
 * @param scope {@code global} or {@code collection:{name}}; the most specific scope decides, and of two equal ones the stricter
 * @param epoch of the optimizer that issued it; a receiver refuses a lower one
 * @param generation grows by one with each directive of a scope, a rollback included
 * @param contentHash of everything that a receiver acts on; the same pair (epoch, generation) with another hash is a split brain
 * @param issuedAt when it was issued
 * @param leaseSeconds how long it stays in force without a sign of life of the optimizer, 5-3600
 * @param endsAt when its manual override ends (the end is a new generation); absent without one
 * @param onExpiry what becomes of it when the lease runs out
 * @param audience services that must acknowledge, for example {@code image-worker}
 * @param axes the four levels it is made of
 * @param mix which keys are at which level
 * @param levels what each level above 0 caps
 * @param throttle absent: none
 * @param cache absent: as configured
 * @param disabledFeatures never one that protects (signing, watermarks, scanning)
 * @param reason why
 * @param actor who
 * @param rollout how far it has been rolled out; absent: to all
 */
public record Directive(
        String id,
        String scope,
        long epoch,
        long generation,
        String contentHash,
        Instant issuedAt,
        int leaseSeconds,
        @Nullable Instant endsAt,
        OnExpiry onExpiry,
        List<String> audience,
        Axes axes,
        Mix mix,
        SortedMap<Integer, LevelCaps> levels,
        @Nullable Throttle throttle,
        @Nullable CachePolicy cache,
        List<String> disabledFeatures,
        Reason reason,
        Actor actor,
        @Nullable Rollout rollout) {

    /** The scope of everything that has no directive of its own. */
    public static final String GLOBAL = "global";

    /** Highest level of any axis. */
    public static final int MAX_LEVEL = 4;

    private static final String COLLECTION_PREFIX = "collection:";

    public Directive {
        if (!isScope(scope)) {
            throw new IllegalArgumentException("scope must be global or collection:{name}, was '" + scope + "'");
        }
        if (epoch < 1 || generation < 1) {
            throw new IllegalArgumentException("epoch and generation start at 1, were " + epoch + ", " + generation);
        }
        if (leaseSeconds < 5 || leaseSeconds > 3600) {
            throw new IllegalArgumentException("leaseSeconds must be 5-3600, was " + leaseSeconds);
        }
        audience = List.copyOf(audience);
        disabledFeatures = List.copyOf(disabledFeatures);
        levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
        for (int level : levels.keySet()) {
            if (level < 1 || level > MAX_LEVEL) {
                throw new IllegalArgumentException("levels are 1-4, was " + level);
            }
        }
    }

    /** The scope of a collection. */
    public static String scopeOf(String collection) {
        return COLLECTION_PREFIX + collection;
    }

    /** Whether {@code scope} is one a directive can have. */
    public static boolean isScope(String scope) {
        return scope.equals(GLOBAL)
                || (scope.startsWith(COLLECTION_PREFIX)
                        && Names.isCollection(scope.substring(COLLECTION_PREFIX.length())));
    }

    /** Whether this one is newer than {@code other} of the same scope: by epoch, then by generation. */
    public boolean newerThan(Directive other) {
        return epoch != other.epoch ? epoch > other.epoch : generation > other.generation;
    }

    /** What becomes of a directive when its lease runs out. */
    public enum OnExpiry {
        /** One level down with each further lease, until normal. */
        DECAY,
        /** Normal at once. */
        REVERT,
        /** It stays; only for a hard quota, until its period ends. */
        HOLD
    }

    /** Who issued it: {@code CONTROLLER} or {@code OPERATOR}, and the name. */
    public record Actor(String type, String id) {}

    /**
     * Why it was issued.
     *
     * @param code stable, for example {@code CDN_COST_PROJECTED}
     * @param text one sentence for a person
     * @param signals the numbers behind it
     */
    public record Reason(String code, String text, Map<String, Double> signals) {
        public Reason {
            signals = Map.copyOf(signals);
        }
    }

    /**
     * How far it has been rolled out.
     *
     * @param stage which step of how many, for example {@code 1/3}
     * @param workerFraction of the receivers that act on throttle, effort and features, 0-1, by hash of salt and receiver id
     * @param salt of that hash
     * @param before the throttle that the other receivers act on; absent: none
     */
    public record Rollout(
            String stage,
            double workerFraction,
            String salt,
            @Nullable Throttle before) {
        public Rollout {
            if (!(workerFraction >= 0 && workerFraction <= 1)) {
                throw new IllegalArgumentException("workerFraction must be 0-1, was " + workerFraction);
            }
        }
    }
}
