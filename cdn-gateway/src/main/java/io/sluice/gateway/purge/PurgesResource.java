package io.sluice.gateway.purge;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contracts.page.Page;
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
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Purges over all CDNs. */
@Path("/api/v1/purges")
@Tag(name = "Purges")
class PurgesResource {
    private static final int MAX_LIMIT = 1000;
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

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
        if (key != null && !KEY.matcher(key).matches()) {
            throw new InvalidRequest("Idempotency-Key", "must be 1-128 printable characters");
        }
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
            @QueryParam("state") @Nullable PurgeState state,
            @QueryParam("cdn") @Nullable String cdn) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidRequest("limit", "must be 1-" + MAX_LIMIT);
        }
        if (cursor != null && !ID.matcher(cursor).matches()) {
            throw new InvalidRequest("cursor", "must be what the last page gave as next");
        }
        Long before = cursor == null ? null : Long.valueOf(cursor);
        return store.list(before, state == null ? null : state.name(), cdn, limit + 1)
                .map(found -> found.size() <= limit
                        ? Page.whole(found)
                        : new Page<>(
                                found.subList(0, limit), found.get(limit - 1).id()));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One purge with its progress at each CDN")
    public Uni<PurgeView> get(String id) {
        return store.find(number(id)).map(found -> found.orElseThrow(() -> unknown(id)));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "Stops the calls that were not sent yet; what was sent stays purged; repeating it is harmless")
    public Uni<PurgeView> cancel(String id) {
        return get(id).chain(found -> store.cancel(number(id))).chain(() -> get(id));
    }

    private static long number(String id) {
        if (!ID.matcher(id).matches()) {
            throw unknown(id);
        }
        return Long.parseLong(id);
    }

    private static UnknownResource unknown(String id) {
        return new UnknownResource("purge", id);
    }
}
