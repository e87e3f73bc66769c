package io.sluice.gateway.cdns;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/cdns/{name}/drain}. */
record DrainRequest(
        @Schema(description = "why, for a person; 1-200 characters") @Nullable
        String reason,

        @Schema(description = "ISO 8601 such as PT15M, PT1S to P30D; absent: until the CDN is enabled") @Nullable
        Duration ttl) {}
