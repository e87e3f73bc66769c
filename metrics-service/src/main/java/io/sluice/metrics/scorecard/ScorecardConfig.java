package io.sluice.metrics.scorecard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When clients' outcomes are enough to judge a CDN by. */
@ConfigMapping(prefix = "sluice.metrics.scorecard")
public interface ScorecardConfig {
    /** Votes that a CDN must have in a market. */
    @WithDefault("30")
    int minSamples();

    /** Networks (/24 of IPv4, /48 of IPv6) that they must come from. */
    @WithDefault("5")
    int minNetworks();

    /** Votes of one network that count for a CDN in a market, the latest ones. */
    @WithDefault("20")
    int perNetwork();
}
