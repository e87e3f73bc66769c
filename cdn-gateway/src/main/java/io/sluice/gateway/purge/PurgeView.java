package io.sluice.gateway.purge;

import io.sluice.gateway.jobs.JobState;
import io.sluice.gateway.vendors.PurgeOperation;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A purge with its progress. */
@Schema(name = "Purge")
record PurgeView(
        String id,

        @Schema(
                description =
                        "RUNNING; DONE: every CDN took every call; PARTIAL or FAILED: some or all failed; CANCELLED")
        JobState state,

        PurgeOperation operation,

        @Schema(description = "what was named, the first 20")
        List<String> values,

        @Schema(description = "how many were named") int named,

        @Schema(description = "whether stale objects were asked for")
        boolean soft,

        @Schema(description = "name of the token that asked")
        String actor,

        Instant createdAt,
        @Nullable Instant finishedAt,
        List<AtCdn> cdns) {
    /** How far it is at one CDN. */
    @Schema(name = "PurgeAtCdn")
    record AtCdn(
            String cdn,

            @Schema(description = "calls of the vendor's API")
            long calls,

            long done,
            long failed,
            long cancelled,

            @Schema(description = "taken by the vendor, not yet known to be complete")
            long accepted,

            @Schema(description = "proved by a fetch of what was purged; only single urls can be, and not everywhere")
            long verified,

            @Schema(description = "whether objects are marked stale here; false where the vendor can only remove")
            boolean soft,

            @Schema(description = "when the next call is due") @Nullable
            Instant nextAt,

            @Schema(description = "latest error") @Nullable String error,

            @Schema(description = "what the vendor calls one of the calls") @Nullable
            String reference) {}
}
