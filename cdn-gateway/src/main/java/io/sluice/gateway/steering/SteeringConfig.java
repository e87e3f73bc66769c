package io.sluice.gateway.steering;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalDouble;

/** How markets that are steered by cost tell CDNs apart. */
@ConfigMapping(prefix = "sluice.gateway.steering")
public interface SteeringConfig {
    /** How often metrics-service is asked how fast each CDN is in each market. */
    @WithDefault("PT30S")
    Duration scorecardInterval();

    /** The histogram that tells time to first byte in seconds, with the labels {@code cdn} and {@code market}. */
    @WithDefault("cdn.ttfb")
    String ttfbMetric();

    /** Measurements that a CDN must have in a market within the last ten minutes to be judged by them. */
    @WithDefault("30")
    int minSamples();

    /** Ratio of errors that is no reason against a CDN, 0-1. */
    @WithDefault("0.01")
    double errorObjective();

    /** What the origin may serve above its usual load while shares move, Mbit/s; without it moves do not wait for the origin. */
    OptionalDouble originMbps();
}
