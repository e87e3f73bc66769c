package io.sluice.lfs.billing;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to leave GitHub alone after failures: doubled with each, with up to a fifth of jitter, and at least as long as
 * GitHub asks for.
 *
 * @param failures in a row
 * @param until not before then
 */
record Pause(int failures, Instant until) {
    static final Pause NONE = new Pause(0, Instant.MIN);

    private static final int MOST_DOUBLINGS = 20;

    boolean over(Instant now) {
        return !now.isBefore(until);
    }

    Pause after(Instant now, Duration first, Duration longest, @Nullable Instant notBefore, RandomGenerator random) {
        long millis = Math.min(first.toMillis() << Math.min(failures, MOST_DOUBLINGS), longest.toMillis());
        Instant until = now.plusMillis(millis + (long) (millis * random.nextDouble() / 5));
        return new Pause(failures + 1, notBefore != null && notBefore.isAfter(until) ? notBefore : until);
    }
}
