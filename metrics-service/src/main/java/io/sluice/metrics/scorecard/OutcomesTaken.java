package io.sluice.metrics.scorecard;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a batch of outcomes. */
@Schema(name = "OutcomesTaken")
record OutcomesTaken(
        @Schema(description = "votes that are new") int accepted,

        @Schema(description = "decisions that had a vote") int duplicates,

        @Schema(description = "decisions of more than 15 minutes ago, or of the future")
        int stale) {}
