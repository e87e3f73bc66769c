package io.sluice.optimizer.decisions;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.directives.DirectiveContent;
import io.sluice.optimizer.directives.DirectiveStore;
import io.sluice.optimizer.directives.Directives;
import io.sluice.optimizer.freezes.FreezeStore;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.overrides.LevelOverride;
import io.sluice.optimizer.overrides.OverrideStore;
import io.sluice.optimizer.overrides.OverrideStore.New;
import io.sluice.optimizer.overrides.OverrideStore.Stored;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Back to the levels of an earlier generation: as a new one, because generations never go back. */
@Path("/api/v1/rollbacks")
public class RollbacksResource {
    private final DirectiveStore issued;
    private final OverrideStore overrides;
    private final FreezeStore freezes;
    private final Evaluation evaluation;
    private final Directives directives;
    private final LevelTable table;
    private final InstantSource time;

    RollbacksResource(
            DirectiveStore issued,
            OverrideStore overrides,
            FreezeStore freezes,
            Evaluation evaluation,
            Directives directives,
            LevelTable table,
            InstantSource time) {
        this.issued = issued;
        this.overrides = overrides;
        this.freezes = freezes;
        this.evaluation = evaluation;
        this.directives = directives;
        this.table = table;
        this.time = time;
    }

    /**
     * A rollback: one pin for each axis.
     *
     * @param overrides empty in a dry run
     * @param generation that carries it; absent in a dry run
     * @param axes levels of the earlier generation
     */
    public record Rollback(
            List<LevelOverride> overrides,
            String scope,
            @Nullable Long epoch,
            @Nullable Long generation,
            Axes axes) {}

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Go back to the levels of an earlier generation, for a time",
            description = "Issues a new generation. dryRun=true shows its levels and changes nothing.")
    @APIResponse(responseCode = "201", description = "In force")
    @APIResponse(responseCode = "200", description = "A dry run, or a repetition with the same Idempotency-Key")
    @APIResponse(responseCode = "404", description = "This generation was never issued")
    @APIResponse(responseCode = "423", description = "Frozen: DELETE /api/v1/freeze lifts it")
    public Uni<RestResponse<Rollback>> roll(
            @Nullable RollbackRequest request,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context SecurityContext caller) {
        if (request == null) {
            throw new InvalidRequest("body", "is required");
        }
        Idempotency.check(key);
        RollbackRequest.Checked wanted = request.checked();
        String actor = caller.getUserPrincipal().getName();
        return issued.find(wanted.scope(), wanted.generation()).flatMap(found -> {
            Directive earlier = found.orElseThrow(
                            () -> new UnknownResource("directive", wanted.scope() + '/' + wanted.generation()))
                    .directive();
            if (!wanted.confirmed() && OverrideRequest.drastic(earlier.axes(), table)) {
                throw new InvalidRequest("confirm", OverrideRequest.CONFIRM);
            }
            List<New> pins = New.pins(wanted.scope(), earlier.axes(), wanted.ttl(), wanted.reason(), actor);
            return dryRun ? preview(pins) : store(pins, key, request.toString());
        });
    }

    private Uni<RestResponse<Rollback>> preview(List<New> pins) {
        Instant now = time.instant();
        return evaluation
                .preview(pins.stream().map(pin -> pin.at(now)).toList())
                .map(content -> RestResponse.ok(dry(content)));
    }

    private static Rollback dry(DirectiveContent content) {
        return new Rollback(List.of(), content.scope(), null, null, content.axes());
    }

    private Uni<RestResponse<Rollback>> store(List<New> pins, @Nullable String key, String request) {
        return freezes.mustNotBe()
                .flatMap(free -> overrides.insertGroup(pins, key, request))
                .invoke(stored -> Idempotency.same(stored, request))
                .call(evaluation::issueSoon)
                .map(this::answer);
    }

    private RestResponse<Rollback> answer(List<Stored> stored) {
        List<LevelOverride> set = stored.stream().map(Stored::override).toList();
        String scope = set.getFirst().scope();
        Directive now = directives
                .inForce(scope)
                .orElseThrow(() -> new UnknownResource("directive", scope))
                .directive();
        Rollback rollback = new Rollback(set, scope, now.epoch(), now.generation(), now.axes());
        boolean fresh = stored.getFirst().fresh();
        return RestResponse.ResponseBuilder.<Rollback>create(fresh ? 201 : 200)
                .entity(rollback)
                .build();
    }
}
