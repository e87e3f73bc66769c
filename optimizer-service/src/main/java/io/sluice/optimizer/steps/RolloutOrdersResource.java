package io.sluice.optimizer.steps;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.optimizer.freezes.FreezeStore;
import io.sluice.optimizer.rollouts.Rollouts;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Operators hold a rollout in steps, let it go on, or take it back. */
@Path("/api/v1/rollouts/{scope}/{generation}")
@APIResponse(responseCode = "200", description = "Done; what the rollout is now")
@APIResponse(
        responseCode = "404",
        description = "No rollout in steps has this generation: it was issued at once, or never")
@APIResponse(responseCode = "409", description = "The rollout is in a state in which this cannot be done")
@APIResponse(responseCode = "423", description = "Frozen: DELETE /api/v1/freeze lifts it")
public class RolloutOrdersResource {
    private final StepPlanStore plans;
    private final Staging staging;
    private final FreezeStore freezes;
    private final Rollouts rollouts;
    private final Issuer issuer;

    RolloutOrdersResource(StepPlanStore plans, Staging staging, FreezeStore freezes, Rollouts rollouts, Issuer issuer) {
        this.plans = plans;
        this.staging = staging;
        this.freezes = freezes;
        this.rollouts = rollouts;
        this.issuer = issuer;
    }

    @POST
    @Path("pause")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Hold a rollout at its step", description = "Its guards go on watching.")
    public Uni<RolloutStatus> pause(
            String scope, long generation, @Nullable RolloutOrder order, @Context SecurityContext caller) {
        String reason = RolloutOrder.checked(order);
        return order(scope, generation, caller, "rollout.paused", (plan, now) -> {
            require(plan.underWay(), plan, "pause");
            return plan.in(StepState.PAUSED, reason, now);
        });
    }

    @POST
    @Path("resume")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Let a rollout go on",
            description = "A paused one from its step, which is watched anew; one that was rolled back from its first.")
    public Uni<RolloutStatus> resume(
            String scope, long generation, @Nullable RolloutOrder order, @Context SecurityContext caller) {
        RolloutOrder.checked(order);
        return order(scope, generation, caller, "rollout.resumed", (plan, now) -> {
            boolean paused = plan.underWay() && plan.state() == StepState.PAUSED;
            require(plan.rolledBack() || paused, plan, "resume");
            return plan.rolledBack() ? staging.again(plan, now) : plan.at(plan.step(), plan.fraction(), now);
        });
    }

    @POST
    @Path("rollback")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Take a rollout back",
            description =
                    "What was in force before it comes again, as a new generation; what it led to is kept away for"
                            + " sluice.optimizer.rollout.retry-after.")
    public Uni<RolloutStatus> rollback(
            String scope, long generation, @Nullable RolloutOrder order, @Context SecurityContext caller) {
        String reason = RolloutOrder.checked(order);
        return order(scope, generation, caller, "rollout.rolled-back", (plan, now) -> {
            require(plan.underWay(), plan, "roll back");
            return plan.in(StepState.ROLLED_BACK, caller.getUserPrincipal().getName() + ": " + reason, now);
        });
    }

    private static void require(boolean fits, StepPlan plan, String wanted) {
        if (!fits) {
            throw new NotUnderWay(plan.state(), plan.over(), wanted);
        }
    }

    private Uni<RolloutStatus> order(
            String scope,
            long generation,
            SecurityContext caller,
            String action,
            BiFunction<StepPlan, Instant, StepPlan> change) {
        if (!Directive.isScope(scope)) {
            throw new InvalidRequest("scope", "must be global or collection:{name}");
        }
        return freezes.mustNotBe()
                .flatMap(free -> plans.change(
                        scope, generation, change, caller.getUserPrincipal().getName(), action))
                .map(found ->
                        found.orElseThrow(() -> new UnknownResource("rollout in steps", scope + '/' + generation)))
                .call(issuer::issueSoon)
                .flatMap(plan -> rollouts.status(scope, generation));
    }
}
