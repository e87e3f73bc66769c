package io.sluice.gateway.cdns;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of {@code POST /api/v1/cdns/{name}/outcomes}. */
record OutcomesRequest(
        @Schema(description = "responses that were as they should be, 0-1000000")
        long good,

        @Schema(description = "responses that failed: 5xx or none, without Sluice-Outcome: throttle; 0-1000000")
        long failed) {
    private static final long MAX = 1_000_000;

    OutcomesRequest {
        if (good < 0 || good > MAX || failed < 0 || failed > MAX) {
            throw new IllegalArgumentException("good and failed must be 0-1000000");
        }
    }
}
