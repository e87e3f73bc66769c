package io.sluice.gateway.drills;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contracts.page.Page;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.paging.Numbered;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Drills: does the failover work, before it has to? */
@Path("/api/v1/drills")
@Tag(name = "Drills")
class DrillsResource {
    private static final int MAX_REASON = 200;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Drills drills;
    private final DrillStore store;
    private final CdnDirectory directory;
    private final SecurityIdentity caller;

    DrillsResource(Drills drills, DrillStore store, CdnDirectory directory, SecurityIdentity caller) {
        this.drills = drills;
        this.store = store;
        this.directory = directory;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Lets a CDN count as failed for a share of keys, for a while",
            description =
                    "It ends by itself, whatever happens to the gateway or PostgreSQL, and early when no other CDN is UP. "
                            + "A request that no other CDN can take stays where it is. One drill at a time.")
    public Uni<Drill> begin(@Nullable DrillRequest body) {
        if (body == null || body.cdn() == null) {
            throw new InvalidRequest("cdn", "is required: the name of the CDN that counts as failed");
        }
        String cdn = body.cdn();
        int percent = body.percent() == null ? 100 : body.percent();
        if (percent < 1 || percent > 100) {
            throw new InvalidRequest("percent", "must be 1-100");
        }
        Duration duration = body.duration();
        if (duration == null || duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new InvalidRequest("duration", "is required: PT1S to PT1H");
        }
        String reason = body.reason();
        if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
            throw new InvalidRequest("reason", "is required, at most " + MAX_REASON + " characters");
        }
        if (directory.current().cdns().stream().noneMatch(known -> known.name().equals(cdn))) {
            throw new InvalidRequest("cdn", "there is no CDN '" + cdn + "'");
        }
        drills.require(cdn);
        return store.begin(cdn, percent, reason, caller.getPrincipal().getName(), duration)
                .map(id -> id.orElseThrow(
                        () -> new DrillRefused("Another drill runs; wait for its end or stop it first.")))
                .call(drills::refresh)
                .chain(id -> get(Long.toString(id)));
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Drills, newest first")
    public Uni<Page<Drill>> list(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("cursor") @Nullable String cursor) {
        return store.list(Numbered.before(cursor), Numbered.oneMore(limit))
                .map(found -> Numbered.page(found, limit, Drill::id));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One drill and what came of it so far; replicas report each second")
    public Uni<Drill> get(String id) {
        return store.find(Numbered.number("drill", id))
                .map(found -> found.orElseThrow(() -> new UnknownResource("drill", id)));
    }

    @POST
    @Path("{id}/stop")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Ends a drill now; repeating it is harmless")
    public Uni<Drill> stop(String id) {
        String actor = caller.getPrincipal().getName();
        return get(id).chain(found -> store.stop(Numbered.number("drill", id), "by " + actor))
                .chain(drills::refresh)
                .chain(() -> get(id));
    }
}
