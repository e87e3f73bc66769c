package io.sluice.optimizer.workers;

import io.sluice.contracts.directive.WorkerRegistration;
import io.sluice.contracts.directive.WorkerSession;
import io.sluice.contracts.page.Page;
import io.sluice.optimizer.directives.DirectiveConfig;
import io.sluice.optimizer.leadership.Leadership;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Receivers make themselves known here, and operators see who has what. */
@Path("/api/v1/workers")
public class WorkersResource {
    private static final int RECONCILE_SECONDS = 30;
    private static final int LONGEST = 200;
    private static final int MOST_NAMES = 100;

    private final WorkerStore store;
    private final Workers workers;
    private final DirectiveConfig config;
    private final WorkersConfig kept;
    private final Leadership leadership;

    WorkersResource(
            WorkerStore store, Workers workers, DirectiveConfig config, WorkersConfig kept, Leadership leadership) {
        this.kept = kept;
        this.store = store;
        this.workers = workers;
        this.config = config;
        this.leadership = leadership;
    }

    @POST
    @RolesAllowed(Roles.SERVICE)
    @Operation(
            summary = "Register a receiver",
            description = "Harmless to repeat; a new bootId has acknowledged nothing.")
    @APIResponse(responseCode = "200", description = "Known; what the optimizer will keep to")
    @APIResponse(responseCode = "409", description = "too-many-receivers: sluice.optimizer.workers.most are known")
    public Uni<WorkerSession> register(@Nullable WorkerRegistration worker, @Context SecurityContext caller) {
        if (worker == null) {
            throw new InvalidRequest("body", "is required");
        }
        require("bootId", worker.bootId());
        require("service", worker.service());
        require("version", worker.version());
        require("profiles", worker.profiles());
        require("levers", worker.levers());
        return store.register(worker, caller.getUserPrincipal().getName(), kept.most())
                .map(done -> new WorkerSession(
                        leadership.epoch(),
                        (int) Math.max(1, config.broadcast().heartbeat().toSeconds()),
                        (int) config.directives().lease().toSeconds(),
                        RECONCILE_SECONDS));
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Receivers: who is live, who is stale, since when and why")
    public Uni<Page<WorkerView>> list(
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1-1000");
        }
        return workers.page(cursor, limit)
                .map(items -> new Page<>(
                        items, items.size() == limit ? items.getLast().id() : null));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.SERVICE, Roles.OPERATOR})
    @Operation(summary = "Forget a receiver; no rollout waits for it any longer")
    public Uni<Void> remove(String id) {
        return store.remove(id)
                .invoke(found -> {
                    if (!found) {
                        throw new UnknownResource("worker", id);
                    }
                })
                .replaceWithVoid();
    }

    private static void require(String field, List<String> values) {
        if (values.size() > MOST_NAMES) {
            throw new InvalidRequest(field, "must be at most " + MOST_NAMES);
        }
        values.forEach(value -> require(field, value));
    }

    private static void require(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST || value.indexOf(0) >= 0) {
            throw new InvalidRequest(field, "is required, at most " + LONGEST + " characters, none of them U+0000");
        }
    }
}
