package io.sluice.gateway.warming;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How caches are warmed, and how much of the origin that may take. */
@ConfigMapping(prefix = "sluice.gateway.warming")
public interface WarmingConfig {
    /** Most fetches a second of all warmings and replicas together, above 0: the origin guard. */
    @WithDefault("20")
    double requestsPerSecond();

    /** Most bytes a second of all warmings and replicas together, at least 1: the origin guard. */
    @WithDefault("10000000")
    double bytesPerSecond();

    /** Most addresses in one request, 1-10000. */
    @WithDefault("5000")
    int maxValues();

    /** How often a fetch is tried before it counts as failed. */
    @WithDefault("5")
    int maxAttempts();

    /** Pause after the first failure; doubled with each further one, up to five minutes, plus up to a fifth at random. */
    @WithDefault("PT5S")
    Duration backoff();

    /** Pause of all warmings when the origin says that it is too much and does not say for how long; between two looks at a directive that pauses them. */
    @WithDefault("PT30S")
    Duration pause();

    /** How long a replica owns a fetch; longer than {@code timeout}. */
    @WithDefault("PT2M")
    Duration lease();

    /** How long one fetch may take, the body included. */
    @WithDefault("PT30S")
    Duration timeout();

    /** Pause after a fetch before its address is asked for once more, to see whether it stayed in the cache. */
    @WithDefault("PT2S")
    Duration probeAfter();

    /** How long finished warmings are kept. */
    @WithDefault("P30D")
    Duration keep();

    /** Between two looks at the schedules. */
    @WithDefault("PT30S")
    Duration scheduleInterval();
}
