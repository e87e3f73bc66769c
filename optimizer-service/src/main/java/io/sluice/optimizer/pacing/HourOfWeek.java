package io.sluice.optimizer.pacing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How demand spreads over a week in UTC: one weight an hour, about 1 on average.
 *
 * @param weights 168 of them, the first for Thursday 00:00 (1970 began on a Thursday); positive
 */
public record HourOfWeek(List<Double> weights) {
    /** Nothing known: every hour is like any other. */
    public static final HourOfWeek FLAT = new HourOfWeek(Collections.nCopies(168, 1.0));

    private static final int HOURS = 168;
    private static final double SECONDS = 3600;
    private static final double NOTHING_AFTER = 5;
    /** A whole hour that is seen moves its weight by this much, so that four weeks count. */
    private static final double LEARNING = 0.25;

    public HourOfWeek {
        weights = List.copyOf(weights);
        if (weights.size() != HOURS) {
            throw new IllegalArgumentException("a week has 168 hours, not " + weights.size());
        }
    }

    /** Hours between two moments, each weighted. */
    public double between(Instant from, Instant to) {
        double start = hours(from);
        double end = hours(to);
        double weeks = Math.max(0, Math.floor((end - start) / HOURS));
        double sum = weeks == 0
                ? 0
                : weeks * weights.stream().mapToDouble(Double::doubleValue).sum();
        start += weeks * HOURS;
        while (start < end) {
            double next = Math.min(end, Math.floor(start) + 1);
            sum += (next - start) * weights.get(bin(start));
            start = next;
        }
        return sum;
    }

    /**
     * The same, where each hour counts the less the farther it is from {@code from}.
     *
     * @param thetaHours after so many hours an hour counts 1/e
     */
    double fading(Instant from, Instant to, double thetaHours) {
        double start = hours(from);
        double end = Math.min(hours(to), start + NOTHING_AFTER * thetaHours);
        double hour = Math.exp(-1 / thetaHours);
        double now = 1;
        double sum = 0;
        while (start < end) {
            double next = Math.min(end, Math.floor(start) + 1);
            double then = next - start == 1 ? now * hour : now * Math.exp((start - next) / thetaHours);
            sum += thetaHours * (now - then) * weights.get(bin(start));
            now = then;
            start = next;
        }
        return sum;
    }

    /** With what one stretch of at most an hour has shown; a ratio is bounded, so that no burst bends the week. */
    HourOfWeek learned(Instant from, double hours, double ratio) {
        List<Double> next = new ArrayList<>(weights);
        int bin = bin(hours(from));
        double step = 1 + LEARNING * Math.min(1, hours) * (Math.clamp(ratio, 0.5, 2) - 1);
        next.set(bin, Math.clamp(next.get(bin) * step, 0.05, 20));
        return new HourOfWeek(next);
    }

    private static double hours(Instant at) {
        return at.toEpochMilli() / 1000.0 / SECONDS;
    }

    private static int bin(double hour) {
        return (int) Math.floorMod((long) Math.floor(hour), (long) HOURS);
    }
}
