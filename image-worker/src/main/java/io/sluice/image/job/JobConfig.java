package io.sluice.image.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Deferred encodes. */
@ConfigMapping(prefix = "sluice.image.jobs")
interface JobConfig {
    /** Threads that encode in the background; 0 leaves the queue to other workers. */
    @WithDefault("1")
    int threads();

    /** How long a claimed job is left to its worker without a sign of life; a heartbeat each third of it. */
    @WithDefault("PT30S")
    Duration lease();

    /** Pause between two looks at an empty queue. */
    @WithDefault("PT1S")
    Duration poll();
}
