package io.sluice.contracts.directive;

import org.jspecify.annotations.Nullable;

/**
 * How much new work a receiver may begin; what is stored already is always served.
 *
 * @param rps new variants a second for one receiver, above 0
 * @param burst how many at once, at least 1
 * @param retryAfterSeconds what a refused client is told
 * @param shedBelowPriority work less urgent than this is refused first (1 urgent .. 9 idle); absent: all alike
 */
public record Throttle(
        double rps,
        int burst,
        int retryAfterSeconds,
        @Nullable Integer shedBelowPriority) {
    public Throttle {
        if (!(rps > 0) || Double.isInfinite(rps)) {
            throw new IllegalArgumentException("rps must be above 0, was " + rps);
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst must be at least 1, was " + burst);
        }
        if (retryAfterSeconds < 1 || retryAfterSeconds > 86_400) {
            throw new IllegalArgumentException("retryAfterSeconds must be 1-86400, was " + retryAfterSeconds);
        }
    }
}
