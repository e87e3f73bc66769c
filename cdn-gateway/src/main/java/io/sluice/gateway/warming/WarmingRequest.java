package io.sluice.gateway.warming;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/warmings}. Either urls or top says what to fetch. */
record WarmingRequest(
        @Schema(
                description =
                        "paths such as /v/photos/{oid}/{recipe}.avif, or addresses of one of the CDNs; a query is dropped")
        @Nullable
        List<String> urls,

        @Schema(
                description =
                        "1-1000: so many addresses that were asked for most, by this replica's sample of decisions")
        @Nullable
        Integer top,

        @Schema(description = "with top: asked for by clients of this market only") @Nullable
        String market,

        @Schema(
                description =
                        "with top: by what is expected next, which is the later half of the sample plus what was gained since the earlier half")
        @Nullable
        Boolean predicted,

        @Schema(description = "names of CDNs; when absent those that the market allows, without a market all") @Nullable
        List<String> cdns,

        @Schema(
                description =
                        "fetches a second of this warming, above 0; at most, and when absent, what the origin guard allows")
        @Nullable
        Double rate,

        @Schema(description = "true: only say what would be fetched") @Nullable
        Boolean dryRun) {}
