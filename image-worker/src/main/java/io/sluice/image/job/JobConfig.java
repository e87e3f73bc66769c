package io.sluice.image.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Work in the background. */
@ConfigMapping(prefix = "sluice.image.jobs")
interface JobConfig {
    /** Threads that work the queue off; 0 leaves it to other workers. */
    @WithDefault("1")
    int threads();

    /**
     * How long a claimed job is left to its worker without a sign of life; there is one each 10 s. With the look for lost jobs
     * each 2 s and the first pause of 1 s, what a dead worker held is taken up again within 28 s.
     */
    @WithDefault("PT25S")
    Duration lease();

    /** Pause between two looks at an empty queue; PostgreSQL's notification usually comes first. */
    @WithDefault("PT1S")
    Duration poll();

    /** What one priority is worth in waiting time: work of priority 9 passes any of priority 1 that came 8 times this later. */
    @WithDefault("PT1M")
    Duration ageing();

    /** A job that is started within this time counts as in time. */
    @WithDefault("PT1M")
    Duration startTarget();

    /** How far back waiting times are looked at in the summary and its metrics. */
    @WithDefault("PT15M")
    Duration window();

    /** How long ended jobs are kept to be looked at, in whole days, and dead ones to be retried. */
    @WithDefault("P7D")
    Duration history();
}
