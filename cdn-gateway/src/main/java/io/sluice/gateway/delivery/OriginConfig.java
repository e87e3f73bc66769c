package io.sluice.gateway.delivery;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What to do when no CDN may be used. */
@ConfigMapping(prefix = "sluice.gateway")
public interface OriginConfig {
    /** Base address of an origin that serves our addresses and can be reached by clients; empty: such requests are answered 503. */
    Optional<String> originFallbackUrl();
}
