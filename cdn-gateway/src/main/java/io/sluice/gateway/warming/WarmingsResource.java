package io.sluice.gateway.warming;

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

/** Warmings of CDN caches. */
@Path("/api/v1/warmings")
@Tag(name = "Warmings")
@RegisterForReflection(targets = WarmingDryRun.class)
class WarmingsResource {
    private final Warmings warmings;
    private final WarmingStore store;
    private final SecurityIdentity caller;

    WarmingsResource(Warmings warmings, WarmingStore store, SecurityIdentity caller) {
        this.warmings = warmings;
        this.store = store;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Fetches addresses through CDNs, so that they are in the caches before clients ask",
            description =
                    "Answers 202 with the job; with dryRun 200 and what would be fetched. No more fetches and bytes a second than "
                            + "the origin guard allows, over all warmings and replicas. " + WarmingView.REACH)
    @APIResponse(
            responseCode = "202",
            description = "in the queue",
            content = @Content(schema = @Schema(implementation = WarmingView.class)))
    @APIResponse(
            responseCode = "200",
            description = "dryRun",
            content = @Content(schema = @Schema(implementation = WarmingDryRun.class)))
    @APIResponse(responseCode = "409", description = "top, and nothing was recorded yet")
    public Uni<Response> create(@Nullable WarmingRequest body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        if (body == null) {
            throw new InvalidRequest("body", "must be JSON that says what to fetch, such as {\"top\":100}");
        }
        Numbered.checkKey(key);
        if (Boolean.TRUE.equals(body.dryRun())) {
            return Uni.createFrom()
                    .item(() -> Response.ok(warmings.dryRun(body)).build());
        }
        return warmings.create(body, caller.getPrincipal().getName(), key)
                .map(job -> Response.accepted(job)
                        .location(URI.create("/api/v1/warmings/" + job.id()))
                        .build());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Warmings, newest first")
    public Uni<Page<WarmingView>> list(
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("state") @Nullable JobState state,
            @QueryParam("cdn") @Nullable String cdn) {
        return store.list(Numbered.before(cursor), state == null ? null : state.name(), cdn, Numbered.oneMore(limit))
                .map(found -> Numbered.page(found, limit, WarmingView::id));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One warming with its progress and hit ratios at each CDN")
    public Uni<WarmingView> get(String id) {
        return store.find(Numbered.number("warming", id))
                .map(found -> found.orElseThrow(() -> new UnknownResource("warming", id)));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Stops the fetches that were not sent yet; repeating it is harmless")
    public Uni<WarmingView> cancel(String id) {
        return get(id).chain(found -> store.queue().cancel(Numbered.number("warming", id)))
                .chain(() -> get(id));
    }
}
