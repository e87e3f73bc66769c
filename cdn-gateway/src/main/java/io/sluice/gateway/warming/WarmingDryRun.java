package io.sluice.gateway.warming;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a warming would fetch. */
@Schema(name = "WarmingDryRun")
record WarmingDryRun(
        String source,

        @Schema(description = "the first 20") List<String> paths,

        @Schema(description = "how many there are") int named,

        List<String> cdns,

        @Schema(description = "fetches a second") double rate,

        @Schema(description = "at that rate, nothing else waiting")
        Duration atLeast,

        @Schema(description = "what is warmed and what is not")
        String reach) {}
