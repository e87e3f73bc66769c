package io.sluice.optimizer.steps;

import java.time.Duration;
import java.util.List;

/** Settings of steps as a test wants them; guards as they are by default. */
record Rule(List<Double> steps, Duration hold, Duration timeout) implements StepConfig {
    static final Rule DEFAULT = new Rule(List.of(0.1, 0.5, 1.0), Duration.ofMinutes(5), Duration.ofMinutes(15));

    @Override
    public Duration check() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofHours(1);
    }

    @Override
    public StepConfig.Guards guards() {
        return new Limits(0.95, 0.005, 1.2, 200);
    }

    private record Limits(double quorum, double errorRise, double latencyFactor, long minRequests)
            implements StepConfig.Guards {}
}
