package io.sluice.gateway.cdns;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The CDNs to begin with: taken at the first start; afterwards the API decides. */
@ConfigMapping(prefix = "sluice.gateway.cdns")
public interface CdnsConfig {
    /** By name, for example {@code sluice.gateway.cdns.edge-a.url}. */
    @WithParentName
    Map<String, Seed> byName();

    /** One CDN. */
    interface Seed {
        /** Base address, http or https, without a trailing slash. */
        String url();

        /** Share of keys relative to the other weights, above 0. */
        @WithDefault("100")
        double weight();

        /** Path that is probed. */
        @WithDefault(Cdn.CANARY)
        String probe();

        /** Who runs it: CLOUDFLARE, CLOUDFRONT, FASTLY, BUNNY or HTTP. */
        @WithDefault("HTTP")
        VendorKind kind();

        /** How we are known there, for example {@code settings.zone}; see {@link VendorKind}. */
        Map<String, String> settings();

        /** Name of a secret below {@code sluice.gateway.credentials}. */
        Optional<String> credential();
    }
}
