package io.sluice.alerting.outbox;

import java.time.Duration;

/** Waits between attempts: doubling from {@code first} up to {@code longest}, less up to a quarter of jitter. */
record BackOff(Duration first, Duration longest) {
    BackOff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off must be above 0 and not shrink");
        }
    }

    /**
     * @param attempts made so far, from 1
     * @param random 0 to below 1
     */
    Duration after(int attempts, double random) {
        int doublings = Math.min(Math.max(attempts - 1, 0), 20);
        long millis = Math.min(first.toMillis() << doublings, longest.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 - random / 4)));
    }
}
