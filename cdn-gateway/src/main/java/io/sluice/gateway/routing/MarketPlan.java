package io.sluice.gateway.routing;

import io.sluice.gateway.markets.Steering;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the traffic of a market is shared now, and why. */
@Schema(name = "MarketPlan")
public record MarketPlan(
        String market,

        @Schema(description = "of the policy") long version,

        Steering steering,

        @Schema(description = "whether shares are on their way to those wanted")
        boolean moving,

        @Schema(description = "keys that are spread over all CDNs by client, so that the split is exact")
        int hotKeys,

        @Schema(description = "by name") List<PlannedCdn> cdns) {}
