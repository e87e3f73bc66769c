package io.sluice.optimizer.decisions;

import io.sluice.optimizer.freezes.Freeze;
import io.sluice.optimizer.freezes.FreezeStore;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Keeps everything as it is, for a time. */
@Path("/api/v1/freeze")
public class FreezeResource {
    private final FreezeStore store;
    private final Evaluation evaluation;

    FreezeResource(FreezeStore store, Evaluation evaluation) {
        this.store = store;
        this.evaluation = evaluation;
    }

    @PUT
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Freeze all levels as they are",
            description =
                    "Ends by itself by the database's clock. Repeated, it gets a new end and reason; the levels stay.")
    public Uni<Freeze> freeze(@Nullable FreezeRequest request, @Context SecurityContext caller) {
        if (request == null) {
            throw new InvalidRequest("body", "is required");
        }
        FreezeRequest.Checked wanted = request.checked();
        return store.freeze(
                        wanted.ttl(), wanted.reason(), caller.getUserPrincipal().getName())
                .call(evaluation::issueSoon);
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The freeze in force")
    @APIResponse(responseCode = "200", description = "Frozen")
    @APIResponse(responseCode = "404", description = "Not frozen")
    public Uni<Freeze> read() {
        return store.inForce().map(found -> found.orElseThrow(() -> new UnknownResource("freeze in force", "now")));
    }

    @DELETE
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Lift the freeze now")
    public Uni<Void> lift(@Context SecurityContext caller) {
        return store.lift(caller.getUserPrincipal().getName())
                .map(found -> found.orElseThrow(() -> new UnknownResource("freeze in force", "now")))
                .flatMap(found -> evaluation.issueSoon());
    }
}
