package io.sluice.optimizer.decisions;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.page.Page;
import io.sluice.optimizer.directives.DirectiveContent;
import io.sluice.optimizer.directives.Directives;
import io.sluice.optimizer.freezes.FreezeStore;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.overrides.LevelOverride;
import io.sluice.optimizer.overrides.OverrideStore;
import io.sluice.optimizer.overrides.OverrideStore.New;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Operators set levels by hand here, for a time. */
@Path("/api/v1/overrides")
public class OverridesResource {
    private final OverrideStore store;
    private final FreezeStore freezes;
    private final Evaluation evaluation;
    private final LevelTable table;
    private final Directives directives;
    private final InstantSource time;

    OverridesResource(
            OverrideStore store,
            FreezeStore freezes,
            Evaluation evaluation,
            Directives directives,
            LevelTable table,
            InstantSource time) {
        this.freezes = freezes;
        this.table = table;
        this.store = store;
        this.evaluation = evaluation;
        this.directives = directives;
        this.time = time;
    }

    /**
     * An override and the directive that carries it.
     *
     * @param override absent in a dry run
     * @param scope of the directive
     * @param epoch absent in a dry run, and when another optimizer issues it within its next round. So is the next
     * @param generation ask {@code GET /api/v1/rollouts/{scope}/{generation}} who has it
     * @param axes the levels of the directive
     * @param contentHash of the directive
     */
    public record Outcome(
            @Nullable LevelOverride override,
            String scope,
            @Nullable Long epoch,
            @Nullable Long generation,
            Axes axes,
            String contentHash) {}

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Set a level for a time",
            description =
                    "Ends by itself by the database's clock. dryRun=true shows the directive and changes nothing.")
    @APIResponse(responseCode = "201", description = "In force; the generation that carries it was issued")
    @APIResponse(responseCode = "200", description = "A dry run, or a repetition with the same Idempotency-Key")
    @APIResponse(responseCode = "423", description = "Frozen: DELETE /api/v1/freeze lifts it")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key was used with another body")
    public Uni<RestResponse<Outcome>> set(
            @Nullable OverrideRequest request,
            @Parameter(description = "Shows what would be issued") @QueryParam("dryRun") @DefaultValue("false")
                    boolean dryRun,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context SecurityContext caller) {
        if (request == null) {
            throw new InvalidRequest("body", "is required");
        }
        Idempotency.check(key);
        New wanted = request.checked(caller.getUserPrincipal().getName(), table);
        return dryRun ? preview(wanted) : store(wanted, key, request.toString());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Overrides in force")
    public Uni<Page<LevelOverride>> list(
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @DefaultValue("00000000-0000-0000-0000-000000000000") String cursor) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1-1000");
        }
        return store.page(uuid("cursor", cursor), limit)
                .map(items -> new Page<>(
                        items, items.size() == limit ? items.getLast().id().toString() : null));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "End an override now")
    @APIResponse(responseCode = "423", description = "Frozen")
    public Uni<Void> end(String id, @Context SecurityContext caller) {
        UUID override = uuid("id", id);
        return freezes.mustNotBe()
                .flatMap(
                        free -> store.revoke(override, caller.getUserPrincipal().getName()))
                .invoke(found -> {
                    if (!found) {
                        throw new UnknownResource("override in force", id);
                    }
                })
                .flatMap(found -> evaluation.issueSoon());
    }

    private Uni<RestResponse<Outcome>> preview(New wanted) {
        LevelOverride override = wanted.at(time.instant());
        return evaluation.preview(List.of(override)).map(content -> RestResponse.ok(outcome(content)));
    }

    private static Outcome outcome(DirectiveContent content) {
        return new Outcome(null, content.scope(), null, null, content.axes(), content.hash());
    }

    private Uni<RestResponse<Outcome>> store(New wanted, @Nullable String key, String request) {
        return freezes.mustNotBe()
                .flatMap(free -> store.insert(wanted, key, request))
                .flatMap(stored -> {
                    Idempotency.same(List.of(stored), request);
                    int status = stored.fresh() ? 201 : 200;
                    return evaluation
                            .issueSoon()
                            .map(done -> RestResponse.ResponseBuilder.<Outcome>create(status)
                                    .entity(outcome(stored.override()))
                                    .build());
                });
    }

    private Outcome outcome(LevelOverride override) {
        return directives
                .inForce(override.scope())
                .or(() -> directives.inForce(Directive.GLOBAL))
                .map(issued -> {
                    Directive directive = issued.directive();
                    boolean carries = override.expiresAt().equals(directive.endsAt())
                            || !directive.issuedAt().isBefore(override.createdAt());
                    return new Outcome(
                            override,
                            directive.scope(),
                            carries ? directive.epoch() : null,
                            carries ? directive.generation() : null,
                            directive.axes(),
                            directive.contentHash());
                })
                .orElseGet(() -> new Outcome(override, override.scope(), null, null, Axes.NORMAL, ""));
    }

    private static UUID uuid(String field, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(field, "must be a UUID");
        }
    }
}
