package io.sluice.gateway.drills;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A drill and what came of it. */
@Schema(name = "Drill")
record Drill(
        String id,
        String cdn,

        @Schema(description = "share of keys for which the CDN counts as failed, in percent")
        int percent,

        String reason,

        @Schema(description = "name of the token that began it")
        String actor,

        @Schema(description = "RUNNING; DONE: its time was over; STOPPED: before that")
        State state,

        Instant startedAt,

        @Schema(description = "when it ends by itself, whatever happens")
        Instant endsAt,

        @Nullable Instant endedAt,

        @Schema(description = "why it was stopped") @Nullable
        String stopReason,

        Report report) {
    /** How it stands. */
    enum State {
        RUNNING,
        DONE,
        STOPPED
    }

    /** What happened while it ran, over all replicas. */
    @Schema(name = "DrillReport")
    record Report(
            @Schema(description = "requests to /img that were decided")
            long requests,

            @Schema(description = "of them those that another CDN took")
            long moved,

            @Schema(description = "of them those that the CDN kept, for no other could take them")
            long kept,

            @Schema(description = "of them those that no CDN took")
            long unserved,

            @Schema(description = "other CDNs that were not UP at some second of it")
            List<String> disturbed) {}
}
