package io.sluice.image.directive;

import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.contracts.directive.DirectiveLease;
import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.clock.NanoClock;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is in force. */
@Path("/api/v1/directive")
@Tag(name = "directive")
@Produces(MediaType.APPLICATION_JSON)
public class DirectiveResource {
    private final DirectiveInbox inbox;
    private final NanoClock clock;

    DirectiveResource(DirectiveInForce inForce, NanoClock clock) {
        this.inbox = inForce.inbox();
        this.clock = clock;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Directives held, and how far each is in force",
            description =
                    "One item for each scope; none means normal. loweredBy counts the levels that have decayed since"
                            + " the optimizer was last heard of.")
    public Page<HeldDirective> inForce() {
        long now = clock.nanos();
        return Page.whole(inbox.view().leases().values().stream()
                .sorted(Comparator.comparing(
                        (DirectiveLease lease) -> lease.directive().scope()))
                .map(lease -> HeldDirective.of(lease, now))
                .toList());
    }
}
