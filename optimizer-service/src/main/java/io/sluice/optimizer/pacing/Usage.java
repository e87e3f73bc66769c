package io.sluice.optimizer.pacing;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a budget tells, in any unit.
 *
 * @param limit what may be used; null when not known
 * @param used since the period began
 * @param usedAt when that was true
 * @param projected what will have been used when it ends; null when not known: then the pace so far is taken to go on
 */
public record Usage(
        @Nullable Double limit,
        double used,
        Instant usedAt,
        @Nullable Double projected,
        Instant periodStart,
        Instant periodEnd) {

    /** What is still to be used until the period ends, as far as is known. */
    double remainingDemand() {
        if (projected != null && Double.isFinite(projected)) {
            return Math.max(0, projected - used);
        }
        double elapsed = seconds(periodStart, usedAt);
        double left = seconds(usedAt, periodEnd);
        return elapsed <= 0 || left <= 0 ? 0 : used / elapsed * left;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
