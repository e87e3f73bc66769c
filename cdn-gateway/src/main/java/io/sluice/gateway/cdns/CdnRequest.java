package io.sluice.gateway.cdns;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code PUT /api/v1/cdns/{name}}. */
record CdnRequest(
        @Schema(description = "base address, http or https, without user, query and fragment") @Nullable
        String url,

        @Schema(description = "share of keys relative to the other weights, above 0; 100 when absent") @Nullable
        Double weight,

        @Schema(description = "path to probe; /v/canary when absent") @Nullable
        String probe) {}
