package io.sluice.gateway.vendors;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where the vendors' APIs are. */
@ConfigMapping(prefix = "sluice.gateway.vendors")
public interface VendorsConfig {
    /** Base address of Cloudflare's API. */
    @WithDefault("https://api.cloudflare.com/client/v4")
    String cloudflare();

    /** Base address of CloudFront's API. */
    @WithDefault("https://cloudfront.amazonaws.com")
    String cloudfront();

    /** Base address of Fastly's API. */
    @WithDefault("https://api.fastly.com")
    String fastly();

    /** Base address of Bunny's API. */
    @WithDefault("https://api.bunny.net")
    String bunny();

    /** Time for one call. */
    @WithDefault("PT15S")
    Duration timeout();
}
