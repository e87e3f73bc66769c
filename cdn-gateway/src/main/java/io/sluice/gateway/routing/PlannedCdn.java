package io.sluice.gateway.routing;

import io.sluice.gateway.selection.CdnStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One CDN in the plan of a market, with every number that led to its share. */
@Schema(name = "PlannedCdn")
public record PlannedCdn(
        String cdn,
        CdnStatus status,

        @Schema(description = "share of the market's traffic, 0-1")
        double share,

        @Schema(
                description =
                        "of that share what it takes now, 0-1: less while it starts slowly after it came back, or while its breaker is open and the origin's budget keeps traffic from moving at once")
        double takes,

        @Schema(description = "share it would have without the limits to how fast shares move")
        double wantedShare,

        @Schema(description = "whether it is fast and reliable enough to be judged by price")
        boolean inBand,

        @Schema(
                description =
                        "time to first byte that three of four requests stay below, milliseconds; absent when too few were measured")
        @Nullable
        Double ttfbMillis,

        @Schema(description = "what the bill grows by for the next GB; absent when it must not be used") @Nullable
        Double perGb,

        @Schema(description = "why it costs that") String price,

        @Schema(description = "what the origin's quota adds to a GB, by this CDN's hit ratio")
        double originPerGb,

        @Schema(description = "GB served this month") double monthGb,

        @Schema(description = "GB this month comes to at this pace")
        double projectedGb) {}
