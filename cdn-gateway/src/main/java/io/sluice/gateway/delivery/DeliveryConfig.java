package io.sluice.gateway.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The server that answers {@code /img}. */
@ConfigMapping(prefix = "sluice.gateway.delivery")
public interface DeliveryConfig {
    /** Address it listens on. */
    @WithDefault("0.0.0.0")
    String host();

    /** Port it listens on; 0 takes a free one. */
    @WithDefault("8080")
    int port();

    /** Event loops that serve; 0 for one for each processor. */
    @WithDefault("0")
    int loops();

    /** How long a client may keep a redirect. */
    @WithDefault("PT30S")
    Duration redirectMaxAge();

    /** How many signed addresses are remembered, about 250 bytes each; rounded up to a power of two. */
    @WithDefault("65536")
    int signatures();

    /** How long a shutdown waits for requests that are looked up. */
    @WithDefault("PT10S")
    Duration drain();
}
