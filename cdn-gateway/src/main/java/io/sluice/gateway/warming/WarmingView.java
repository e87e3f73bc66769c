package io.sluice.gateway.warming;

import io.sluice.gateway.jobs.JobState;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A warming with its progress. */
@Schema(name = "Warming")
record WarmingView(
        String id,

        @Schema(description = "RUNNING; DONE: everything was fetched; PARTIAL or FAILED: some or all failed; CANCELLED")
        JobState state,

        @Schema(description = "urls, top, or schedule and its name")
        String source,

        @Schema(description = "how many addresses") int named,

        @Schema(description = "most fetches a second") double rate,

        @Schema(description = "name of the token that asked, or schedule and its name")
        String actor,

        Instant createdAt,
        @Nullable Instant finishedAt,

        @Schema(description = "when it is stopped if it is not done") @Nullable
        Instant endsAt,

        @Schema(description = "what is warmed and what is not")
        String reach,

        List<AtCdn> cdns) {
    /** The plain truth about a fetch from one place. */
    static final String REACH =
            "A fetch warms the point of presence nearest to the gateway and the shield or upper tier behind it, no other: "
                    + "no vendor has a way to fill all of them. What it saves is the origin.";

    /** How far it is at one CDN. */
    @Schema(name = "WarmingAtCdn")
    record AtCdn(
            String cdn,
            long fetches,
            long done,
            long failed,
            long cancelled,

            @Schema(description = "in the cache already, when they were fetched")
            long hitsBefore,

            @Schema(description = "not in the cache when they were fetched: the origin was asked")
            long missesBefore,

            @Schema(description = "share of hits when they were fetched, 0-1; absent while no answer told") @Nullable
            Double hitRatioBefore,

            @Schema(description = "share of hits when they were asked for once more, 0-1; absent while no answer told")
            @Nullable
            Double hitRatioAfter,

            @Schema(description = "bytes that were fetched") long bytes,

            @Schema(description = "when the next fetch is due") @Nullable
            Instant nextAt,

            @Schema(description = "latest error, or why it waits") @Nullable
            String error) {}
}
