package io.sluice.gateway.purge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contracts.page.Page;
import io.sluice.gateway.jobs.JobState;
import io.sluice.gateway.paging.Numbered;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Purges over all CDNs. */
@Path("/api/v1/purges")
@Tag(name = "Purges")
@RegisterForReflection(targets = {DryRun.class, DryRun.AtCdn.class})
class PurgesResource {

    private final Purges purges;
    private final PurgeStore store;
    private final SecurityIdentity caller;

    PurgesResource(Purges purges, PurgeStore store, SecurityIdentity caller) {
        this.purges = purges;
        this.store = store;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(
            summary = "Purges addresses, directories, tags or everything from all or some CDNs",
            description = "Answers 202 with the job; with dryRun 200 and what would be called at which vendor. "
                    + "A CDN that has no way to purge this makes it 409 and nothing is purged.")
    @APIResponse(
            responseCode = "202",
            description = "in the queue",
            content = @Content(schema = @Schema(implementation = PurgeView.class)))
    @APIResponse(
            responseCode = "200",
            description = "dryRun",
            content = @Content(schema = @Schema(implementation = DryRun.class)))
    public Uni<Response> create(@Nullable PurgeRequest body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        if (body == null) {
            throw new InvalidRequest(
                    "body", "must be JSON that says what to purge, such as {\"tags\":[\"col-photos\"]}");
        }
        Numbered.checkKey(key);
        String token = caller.getPrincipal().getName();
        if (Boolean.TRUE.equals(body.dryRun())) {
            return Uni.createFrom()
                    .item(() -> Response.ok(purges.dryRun(body, token)).build());
        }
        return purges.create(body, token, key)
                .map(job -> Response.accepted(job)
                        .location(URI.create("/api/v1/purges/" + job.id()))
                        .build());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Purges, newest first")
    public Uni<Page<PurgeView>> list(
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("state") @Nullable JobState state,
            @QueryParam("cdn") @Nullable String cdn) {
        return store.list(Numbered.before(cursor), state == null ? null : state.name(), cdn, Numbered.oneMore(limit))
                .map(found -> Numbered.page(found, limit, PurgeView::id));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One purge with its progress at each CDN")
    public Uni<PurgeView> get(String id) {
        return store.find(Numbered.number("purge", id)).map(found -> found.orElseThrow(() -> unknown(id)));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "Stops the calls that were not sent yet; what was sent stays purged; repeating it is harmless")
    public Uni<PurgeView> cancel(String id) {
        return get(id).chain(found -> store.queue().cancel(Numbered.number("purge", id)))
                .chain(() -> get(id));
    }

    private static UnknownResource unknown(String id) {
        return new UnknownResource("purge", id);
    }
}
