package io.sluice.gateway.purge;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a purge would call, and how long that would take. */
@Schema(name = "PurgeDryRun")
record DryRun(List<AtCdn> cdns) {
    /** At one CDN. */
    @Schema(name = "PurgeDryRunAtCdn")
    record AtCdn(
            String cdn,

            @Schema(description = "calls of the vendor's API")
            int calls,

            @Schema(description = "whether objects would be marked stale; false where the vendor can only remove")
            boolean soft,

            @Schema(description = "within the vendor's limits, nothing else waiting, answers not counted")
            Duration atLeast,

            @Schema(description = "paths that CloudFront bills: 1,000 a month are free")
            int billedPaths,

            @Schema(description = "the first three calls, without headers")
            List<String> requests) {}
}
