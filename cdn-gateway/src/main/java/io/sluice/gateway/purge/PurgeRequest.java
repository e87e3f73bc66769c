package io.sluice.gateway.purge;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/purges}. Exactly one of the first five says what to purge. */
record PurgeRequest(
        @Schema(
                description =
                        "paths such as /v/photos/{oid}/{recipe}.avif, or addresses of one of the CDNs; a query is dropped")
        @Nullable
        List<String> urls,

        @Schema(description = "directories such as /v/photos/; needs confirm") @Nullable
        List<String> prefixes,

        @Schema(description = "a path with one * after its last slash, /v/photos/*; needs confirm") @Nullable
        List<String> patterns,

        @Schema(description = "tags that objects carry: col-{collection}, img-{first 16 of oid}, or the source's own")
        @Nullable
        List<String> tags,

        @Schema(description = "true: all that the CDNs hold of us; needs confirm") @Nullable
        Boolean everything,

        @Schema(description = "mark stale rather than remove; CDNs that cannot remove, and the job says so") @Nullable
        Boolean soft,

        @Schema(description = "names of CDNs; all when absent") @Nullable
        List<String> cdns,

        @Schema(description = "true: it is meant to hit more than single addresses") @Nullable
        Boolean confirm,

        @Schema(description = "true: only say what would be called") @Nullable
        Boolean dryRun) {}
