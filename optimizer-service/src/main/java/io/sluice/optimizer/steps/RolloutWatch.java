package io.sluice.optimizer.steps;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.optimizer.alerts.Alerts;
import io.sluice.optimizer.freezes.FreezeStore;
import io.sluice.optimizer.leadership.Leadership;
import io.sluice.optimizer.leadership.Vouch;
import io.sluice.optimizer.rollouts.Rollouts;
import io.sluice.optimizer.steps.Guards.Judgement;
import io.sluice.optimizer.timing.Repeating;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Takes rollouts from step to step as their guards allow, and back when one trips: what was in force before comes again as a new
 * generation, with an entry in the audit and an alert. Only the optimizer that writes does it; plans are in PostgreSQL, so another
 * one goes on with them.
 */
@ApplicationScoped
class RolloutWatch {
    private final StepPlanStore plans;
    private final Staging staging;
    private final Guards guards;
    private final StepConfig config;
    private final CdnTraffic traffic;
    private final Rollouts rollouts;
    private final FreezeStore freezes;
    private final Leadership leadership;
    private final Issuer issuer;
    private final Alerts alerts;
    private final MeterRegistry meters;

    RolloutWatch(
            StepPlanStore plans,
            Staging staging,
            StepConfig config,
            CdnTraffic traffic,
            Rollouts rollouts,
            FreezeStore freezes,
            Leadership leadership,
            Issuer issuer,
            Alerts alerts,
            MeterRegistry meters) {
        this.plans = plans;
        this.staging = staging;
        this.guards = new Guards(config);
        this.config = config;
        this.traffic = traffic;
        this.rollouts = rollouts;
        this.freezes = freezes;
        this.leadership = leadership;
        this.issuer = issuer;
        this.alerts = alerts;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var _ = new Repeating(vertx, "rollouts", config.check(), this::look);
    }

    private Uni<Void> look() {
        Vouch mine = leadership.mine().orElse(null);
        if (mine == null) {
            return Uni.createFrom().voidItem();
        }
        return plans.newest()
                .invoke(newest -> tell(newest.byScope()))
                .flatMap(newest -> Multi.createFrom()
                        .iterable(newest.byScope().values().stream()
                                .filter(StepPlan::underWay)
                                .toList())
                        .onItem()
                        .transformToUniAndConcatenate(plan -> look(mine, plan, newest.at()))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    private Uni<Void> look(Vouch mine, StepPlan plan, Instant now) {
        return Uni.combine()
                .all()
                .unis(rollouts.status(plan.scope(), plan.last()), traffic.of(plan, now), freezes.inForce())
                .asTuple()
                .flatMap(seen -> {
                    if (seen.getItem1().state() == RolloutStatus.State.SUPERSEDED) {
                        return Uni.createFrom().voidItem(); // issued anew since the plan was read
                    }
                    boolean frozen = seen.getItem3().isPresent();
                    return act(mine, plan, guards.judge(plan, seen.getItem1(), seen.getItem2(), frozen, now), now);
                });
    }

    private Uni<Void> act(Vouch mine, StepPlan plan, Judgement judgement, Instant now) {
        return switch (judgement) {
            case Judgement.Wait(String why) -> plans.explain(plan, why);
            case Judgement.Advance() -> {
                StepPlan next = staging.advanced(plan, now);
                if (next.over()) {
                    count(next.state());
                }
                String action = next.over() ? "rollout.complete" : "rollout.step";
                yield plans.change(mine, plan, next, action).flatMap(done -> issuer.issueSoon());
            }
            case Judgement.Trip(String why) -> {
                count(StepState.ROLLED_BACK);
                StepPlan back = plan.in(StepState.ROLLED_BACK, why, now);
                yield plans.change(mine, plan, back, "rollout.rolled-back")
                        .invoke(done -> raise(plan.scope(), plan.last(), why))
                        .flatMap(done -> issuer.issueSoon());
            }
        };
    }

    /** Every round, so that an alert outlives the optimizer that raised it. */
    private void tell(Map<String, StepPlan> newest) {
        newest.values().forEach(plan -> {
            if (plan.rolledBack()) {
                raise(plan.scope(), plan.last(), plan.why());
            } else {
                alerts.resolve(key(plan.scope()));
            }
        });
    }

    private void raise(String scope, long generation, String why) {
        alerts.raise(
                key(scope),
                Alerts.Severity.P2,
                "RolloutRolledBack",
                scope,
                "rollout of generation " + generation + " was rolled back: " + why);
    }

    private static String key(String scope) {
        return "rollout " + scope;
    }

    private void count(StepState state) {
        meters.counter("sluice.optimizer.rollouts", "state", state.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
