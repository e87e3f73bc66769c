package io.sluice.gateway.cdns;

import io.sluice.gateway.health.Transition;
import io.sluice.gateway.selection.CdnStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A CDN with its state, as the API shows it. */
@Schema(name = "Cdn")
record CdnView(
        String name,
        @Schema(description = "base address of the CDN") String url,

        @Schema(description = "share of keys relative to the other weights, above 0")
        double weight,

        @Schema(description = "path that is probed") String probe,

        @Schema(description = "UP takes traffic, TRIAL takes one bucket in a hundred, the others take none")
        CdnStatus status,

        @Schema(description = "what was seen of it last") String lastSeen,
        @Nullable Drain drain,

        @Schema(description = "latest changes of its health, newest last, at most 20; kept in memory")
        List<Transition> transitions) {}
