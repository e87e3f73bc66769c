package io.sluice.gateway.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How CDNs are probed and when their breaker opens. */
@ConfigMapping(prefix = "sluice.gateway.health")
public interface HealthConfig {
    /** Between two probes of a CDN. */
    @WithDefault("PT2S")
    Duration interval();

    /** Share of the interval by which each pause is longer or shorter, 0-0.5, so that replicas do not probe together. */
    @WithDefault("0.2")
    double jitter();

    /** How long a probe may take, the body included. */
    @WithDefault("PT1S")
    Duration timeout();

    /** SHA-256 in hex of what the probed path serves; without it, a strong ETag that is a SHA-256 is held against the body. */
    Optional<String> bodySha256();

    /** How long an opened breaker keeps traffic away the first time; twice as long each further time, up to the maximum. */
    @WithDefault("PT30S")
    Duration breakerOpen();

    /** Longest time an opened breaker keeps traffic away. */
    @WithDefault("PT10M")
    Duration breakerMaxOpen();

    /** How long a CDN that came back takes more and more of its keys, from 1 % to all; PT0S for all at once. */
    @WithDefault("PT5M")
    Duration slowStart();
}
