package io.sluice.gateway.cdns;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/cdns/{name}/outcomes}. */
record OutcomesRequest(
        @Schema(description = "responses that were as they should be, 0-1000000")
        long good,

        @Schema(description = "responses that failed: 5xx or none, without Sluice-Outcome: throttle; 0-1000000")
        long failed,

        @Schema(description = "whose clients saw them; absent: all") @Nullable
        String market) {
    private static final long MAX = 1_000_000;

    OutcomesRequest {
        if (good < 0 || good > MAX || failed < 0 || failed > MAX) {
            throw new IllegalArgumentException("good and failed must be 0-1000000");
        }
        if (market != null && !market.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("market must be 1-63 of a-z 0-9 -, not starting with -");
        }
    }
}
