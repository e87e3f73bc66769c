package io.sluice.gateway.replays;

import io.sluice.gateway.markets.PolicyRequest;
import io.sluice.gateway.pricing.Contract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/replays}; as JSON lines it is the first line, and the log follows, one entry a line. */
@Schema(name = "ReplayRequest")
record ReplayRequest(
        @Schema(
                description =
                        "by name of a market: the policy to try in place of the one in force, or in a market that is not there yet")
        @Nullable
        Map<String, PolicyRequest> policies,

        @Schema(description = "by name of a CDN: the contract to try in place of the one in force") @Nullable
        Map<String, Contract> contracts,

        @Schema(description = "what was asked for; absent: this replica's sample of decisions") @Nullable
        List<LogEntry> log,

        @Schema(description = "bytes of a response whose entry has none, 0-1000000000; 50000 when absent") @Nullable
        Double bytesEach,

        @Schema(description = "caches of each CDN in the model, 1-64; 6 when absent") @Nullable
        Integer pops,

        @Schema(description = "objects that each of these caches holds, 1-1000000; 20000 when absent") @Nullable
        Integer objectsPerPop) {
    /** A request of a log. */
    @Schema(name = "ReplayLogEntry")
    record LogEntry(
            @Nullable Instant time,

            @Schema(description = "/v/.. or /img/..; a query is dropped") @Nullable
            String path,

            @Schema(description = "address of the client; this or country") @Nullable
            String ip,

            @Schema(description = "country of the client, ISO 3166-1 alpha-2; this or ip") @Nullable
            String country,

            @Schema(description = "of the response") @Nullable
            Double bytes) {}
}
