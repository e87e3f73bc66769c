package io.sluice.optimizer.levels;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.CachePolicy;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.directive.Throttle;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What four levels come to. Lifetimes interpolate; throttles and stale times are those of the whole level that has been reached,
 * so that they do not flap with each small step. Where two axes set the same lever, the stricter one counts.
 *
 * @param caps caps of each egress level, so that a receiver can decay by itself
 * @param throttle of origin and compute
 * @param cache of origin and availability
 */
public record Levers(
        SortedMap<Integer, LevelCaps> caps,
        @Nullable Throttle throttle,
        @Nullable CachePolicy cache) {

    public static Levers of(Axes axes, LevelTable table) {
        SortedMap<Integer, LevelCaps> caps = new TreeMap<>();
        for (int level = 1; level <= table.egress().size(); level++) {
            caps.put(level, table.egress().get(level - 1).caps());
        }
        int origin = (int) axes.origin();
        int compute = (int) Math.ceil(axes.compute());
        return new Levers(
                caps,
                stricter(
                        origin == 0 ? null : table.origin().get(origin - 1).throttle(),
                        compute == 0 ? null : table.compute().get(compute - 1)),
                longer(originCache(axes.origin(), table), availabilityCache(axes.availability(), table)));
    }

    private static @Nullable CachePolicy originCache(double level, LevelTable table) {
        if (level == 0) {
            return null;
        }
        int lower = (int) level;
        int reached = (int) Math.ceil(level);
        LevelTable.Origin row = table.origin().get(reached - 1);
        double below = lower == 0 ? 1 : table.origin().get(lower - 1).ttlMultiplier();
        double multiplier = below + (level - lower) * (row.ttlMultiplier() - below);
        double rounded = Math.round(multiplier * 100) / 100.0;
        return new CachePolicy(rounded, row.staleWhileRevalidateSeconds(), row.staleIfErrorSeconds(), true);
    }

    private static @Nullable CachePolicy availabilityCache(double level, LevelTable table) {
        return level == 0 ? null : table.availability().get((int) Math.ceil(level) - 1);
    }

    private static @Nullable CachePolicy longer(@Nullable CachePolicy a, @Nullable CachePolicy b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new CachePolicy(
                Math.max(a.ttlMultiplier(), b.ttlMultiplier()),
                Math.max(a.staleWhileRevalidateSeconds(), b.staleWhileRevalidateSeconds()),
                Math.max(a.staleIfErrorSeconds(), b.staleIfErrorSeconds()),
                a.warmingPaused() || b.warmingPaused());
    }

    private static @Nullable Throttle stricter(@Nullable Throttle a, @Nullable Throttle b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new Throttle(
                Math.min(a.rps(), b.rps()),
                Math.min(a.burst(), b.burst()),
                Math.max(a.retryAfterSeconds(), b.retryAfterSeconds()),
                lower(a.shedBelowPriority(), b.shedBelowPriority()));
    }

    private static @Nullable Integer lower(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }
}
