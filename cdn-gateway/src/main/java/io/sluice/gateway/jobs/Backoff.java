package io.sluice.gateway.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between tries: twice as long each time up to five minutes, and a little at random, so that replicas do not meet again. */
public final class Backoff {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double JITTER = 0.2;

    private final Duration first;
    private final RandomGenerator random;

    /** @param first pause after one failure */
    public Backoff(Duration first, RandomGenerator random) {
        this.first = first;
        this.random = random;
    }

    /** The pause after so many failures, at least 1. */
    public Duration after(int failures) {
        double millis = first.toMillis() * Math.pow(2, Math.min(failures - 1, 20));
        double longest = Math.min(millis, (double) LONGEST.toMillis());
        return Duration.ofMillis(Math.round(longest * (1 + JITTER * random.nextDouble())));
    }
}
