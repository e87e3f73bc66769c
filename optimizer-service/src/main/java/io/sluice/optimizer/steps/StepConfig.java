package io.sluice.optimizer.steps;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How what is raised is rolled out. */
@ConfigMapping(prefix = "sluice.optimizer.rollout")
interface StepConfig {
    /** Shares of keys and receivers, ascending, the last one 1; {@code 1} alone issues everything at once, unwatched. */
    @WithDefault("0.1,0.5,1")
    List<Double> steps();

    /** How long each step is watched before the next. */
    @WithDefault("PT5M")
    Duration hold();

    /** How long a step may take until the quorum has applied it; then it is rolled back. */
    @WithDefault("PT15M")
    Duration timeout();

    /** Between two looks at the guards. */
    @WithDefault("PT5S")
    Duration check();

    /** How long what was rolled back is not tried again. */
    @WithDefault("PT1H")
    Duration retryAfter();

    /** What must not happen. */
    Guards guards();

    /** What must not happen. */
    interface Guards {
        /** Share of the live audience that must have applied a step before the next, 0-1. */
        @WithDefault("0.95")
        double quorum();

        /** Most by which the ratio of failed CDN requests may rise above that of the time before, 0-1. */
        @WithDefault("0.005")
        double errorRise();

        /** Most by which the P95 of CDN request durations may grow, as a factor of the time before. */
        @WithDefault("1.2")
        double latencyFactor();

        /** Requests that both times need; with fewer, errors and latency say nothing. */
        @WithDefault("200")
        long minRequests();
    }
}
