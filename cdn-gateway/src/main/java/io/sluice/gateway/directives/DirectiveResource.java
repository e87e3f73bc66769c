package io.sluice.gateway.directives;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveLease;
import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.clock.NanoClock;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The directives that this replica holds. */
@Path("/api/v1/directive")
@Tag(name = "Directive")
class DirectiveResource {
    private final Directives directives;
    private final NanoClock nanos;

    DirectiveResource(Directives directives, NanoClock nanos) {
        this.directives = directives;
        this.nanos = nanos;
    }

    /** A directive as far as it is in force. */
    @Schema(name = "HeldDirective")
    record HeldDirective(
            Directive directive,

            @Schema(description = "whether the optimizer has been silent for longer than the lease")
            boolean stale,

            @Schema(description = "levels it has decayed by")
            int loweredBy,

            @Schema(description = "levels that are left") Axes axes,

            @Schema(description = "whether nothing is lowered any more")
            boolean normal) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "What this replica holds, one item for each scope; none means normal")
    public Page<HeldDirective> held() {
        long now = nanos.nanos();
        List<HeldDirective> held = directives.leases().values().stream()
                .map(lease -> held(lease, now))
                .sorted(Comparator.comparing(item -> item.directive().scope()))
                .toList();
        return Page.whole(held);
    }

    private static HeldDirective held(DirectiveLease lease, long now) {
        DirectiveLease.InForce force = lease.at(now);
        return new HeldDirective(lease.directive(), lease.stale(now), force.loweredBy(), force.axes(), force.normal());
    }
}
