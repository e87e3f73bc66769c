package io.sluice.optimizer.directives;

import io.sluice.contracts.directive.DirectiveSet;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.optimizer.directives.Directives.Snapshot;
import io.sluice.optimizer.leadership.Leadership;
import io.sluice.optimizer.presence.Presence;
import io.sluice.platform.access.Roles;
import io.sluice.platform.database.DatabaseUnavailable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Everything in force, for receivers to reconcile with. */
@Path("/api/v1/directives")
public class DirectivesResource {
    private final Directives directives;
    private final Leadership leadership;
    private final Presence presence;

    DirectivesResource(Directives directives, Leadership leadership, Presence presence) {
        this.directives = directives;
        this.leadership = leadership;
        this.presence = presence;
    }

    /** Answers from memory, so it goes on while PostgreSQL is away. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "All directives in force, signed",
            description =
                    "Read every 30 s with If-None-Match; receivers name themselves by ?worker, which counts as a sign of life.")
    @APIResponse(responseCode = "200", description = "One signed directive for each scope; ETag is the digest")
    @APIResponse(responseCode = "304", description = "Nothing has changed")
    @APIResponse(responseCode = "503", description = "Nothing has been read from PostgreSQL since the start")
    public RestResponse<DirectiveSet> inForce(
            @HeaderParam("If-None-Match") @Nullable String known,
            @QueryParam("worker") @Nullable String worker,
            @Context SecurityContext caller) {
        presence.seen(worker, caller.getUserPrincipal().getName());
        Snapshot now = directives.current();
        if (!now.loaded()) {
            throw new DatabaseUnavailable("Directives have not been read from PostgreSQL yet; try again.");
        }
        String etag = '"' + now.digest() + '"';
        if (etag.equals(known)) {
            return RestResponse.ResponseBuilder.<DirectiveSet>create(304)
                    .header("ETag", etag)
                    .build();
        }
        List<SignedDirective> items = now.byScope().values().stream()
                .sorted(Comparator.comparing(issued -> issued.directive().scope()))
                .map(Issued::signed)
                .toList();
        return RestResponse.ResponseBuilder.ok(new DirectiveSet(leadership.epoch(), now.digest(), items))
                .header("ETag", etag)
                .build();
    }
}
