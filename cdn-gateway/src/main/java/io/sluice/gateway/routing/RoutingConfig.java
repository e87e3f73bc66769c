package io.sluice.gateway.routing;

import io.sluice.gateway.selection.AllDown;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How CDNs are chosen. */
@ConfigMapping(prefix = "sluice.gateway.selection")
public interface RoutingConfig {
    /** What to do when no CDN is healthy: {@code answering}, {@code always} or {@code never} send traffic in static order. */
    @WithDefault("answering")
    AllDown allDown();
}
