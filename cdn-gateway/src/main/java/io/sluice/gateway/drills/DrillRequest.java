package io.sluice.gateway.drills;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/drills}. */
record DrillRequest(
        @Schema(description = "name of the CDN that counts as failed") @Nullable
        String cdn,

        @Schema(description = "share of keys for which it does, 1-100; 100 when absent") @Nullable
        Integer percent,

        @Schema(description = "PT1S to PT1H") @Nullable Duration duration,

        @Schema(description = "why, for a person; 1-200 characters") @Nullable
        String reason) {}
