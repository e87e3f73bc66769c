package io.sluice.gateway.cdns;

import io.sluice.gateway.health.Health;
import io.sluice.gateway.health.Transition;
import io.sluice.gateway.selection.CdnStatus;
import java.util.List;
import java.util.Map;
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

        @Schema(description = CdnView.STATUS) CdnStatus status,

        @Schema(description = "markets in which its breaker is open or half-open, by the outcomes reported for them")
        Map<String, Health> ailingIn,

        @Schema(description = "what was seen of it last") String lastSeen,
        @Nullable Drain drain,

        @Schema(description = "latest changes of its health, newest last, at most 20; kept in memory")
        List<Transition> transitions,

        @Schema(description = "who runs it") VendorKind kind,

        @Schema(description = "how we are known there") Map<String, String> settings,

        @Schema(description = "name of the secret that opens its API") @Nullable
        String credential) {
    private static final String STATUS = """
            UP: takes traffic. \
            TRIAL: its breaker is half-open, it takes one bucket in a hundred. \
            BREAKER_OPEN: takes none, too many of its responses failed. \
            FAILING: takes none, it answers its probes wrongly. \
            UNREACHABLE: takes none, it does not answer its probes. \
            DRAINED: takes none, an operator took it out. \
            When none is UP or TRIAL, sluice.gateway.selection.all-down says who takes traffic all the same. \
            The metric sluice_gateway_cdn_status has the same words, sluice_gateway_cdn_up is 1 while it is UP.""";
}
