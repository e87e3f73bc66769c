package io.sluice.gateway.warming;

import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A schedule and how it went last. */
@Schema(name = "WarmingSchedule")
record WarmingSchedule(
        String name,
        WarmingTerms terms,

        @Schema(description = "day, in its time zone, on which its window last began") @Nullable
        LocalDate lastDay,

        @Schema(description = "id of the warming of that day") @Nullable
        String lastWarming,

        @Schema(description = "when its next window opens") Instant nextAt) {}
