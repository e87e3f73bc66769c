package io.sluice.gateway.replays;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What came of the same requests under two policies. */
@Schema(name = "Replay")
record ReplayReport(
        @Schema(description = "SAMPLE: this replica's decisions; LOG: what was posted")
        Source source,

        @Schema(description = "how many were replayed") int requests,

        @Schema(description = "how many requests each of them stands for")
        int eachStandsFor,

        @Schema(description = "different addresses among them")
        int addresses,

        Instant from,
        Instant to,

        @Schema(
                description =
                        "share of requests that another CDN would have taken than under the policies in force, 0-1")
        double movedShare,

        @Schema(
                description =
                        "of the sample, the share for which the policies in force give the same CDN as was chosen then, 0-1: how far the replay can be trusted. Absent for a log")
        @Nullable
        Double reproduced,

        @Schema(description = "what monthGb and monthCost are multiplied by: the month would be all like this")
        double timesInMonth,

        Outcome current,
        Outcome proposed) {
    /** Where the requests are from. */
    enum Source {
        SAMPLE,
        LOG
    }

    /** Under one set of policies. */
    @Schema(name = "ReplayOutcome")
    record Outcome(
            @Schema(description = "share of requests that the caches of the model had, 0-1")
            double hitRatio,

            @Schema(description = "bytes that the origin would have served")
            double originBytes,

            @Schema(description = "requests that no CDN could take")
            int unserved,

            @Schema(description = "sum of the bills; absent when a CDN with traffic has no contract") @Nullable
            String monthCost,

            @Schema(description = "ISO 4217; absent without contracts") @Nullable
            String currency,

            @Schema(description = "by name") List<AtCdn> cdns) {}

    /** At one CDN. */
    @Schema(name = "ReplayAtCdn")
    record AtCdn(
            String cdn,
            int requests,

            @Schema(description = "of all requests, 0-1") double share,

            double bytes,
            double hitRatio,

            @Schema(description = "GB of a month that is all like this")
            double monthGb,

            @Schema(description = "its bill, by the contract; absent without one") @Nullable
            String monthCost) {}
}
