package io.sluice.optimizer.steps;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.contracts.directive.Throttle;
import io.sluice.optimizer.directives.DirectiveContent;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.levels.Levers;
import io.sluice.optimizer.policies.Axis;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a target is issued now; pure. What lowers goes out at once. Egress levels rise by a growing share of the way,
 * so by a growing share of keys; a harder throttle reaches a growing share of receivers. Lifetimes of caches and the availability
 * axis take no steps: they refuse nobody and change no picture.
 */
@ApplicationScoped
public class Staging {
    private static final double PRECISION = 1000;

    private final LevelTable table;
    private final List<Double> steps;
    private final Duration retryAfter;

    Staging(LevelTable table, StepConfig config) {
        this.table = table;
        this.steps = List.copyOf(config.steps());
        this.retryAfter = config.retryAfter();
        double below = 0;
        for (double step : steps) {
            if (!(step > below && step <= 1)) {
                throw new IllegalArgumentException("sluice.optimizer.rollout.steps must ascend to 1: " + steps);
            }
            below = step;
        }
        if (below != 1) {
            throw new IllegalArgumentException("sluice.optimizer.rollout.steps must end with 1: " + steps);
        }
    }

    /**
     * What is issued.
     *
     * @param content of the next generation, unless the one in force says the same
     * @param plan it belongs to, as it is from now on; null without one
     */
    public record Staged(DirectiveContent content, @Nullable StepPlan plan) {}

    /**
     * Decides.
     *
     * @param newest plan of the scope, over or not
     * @param inForce what the scope's keys are under now; null at the very first
     * @param immediate axes that take no steps
     */
    public Staged decide(
            @Nullable StepPlan newest,
            @Nullable Directive inForce,
            DirectiveContent target,
            Set<Axis> immediate,
            Instant now) {
        StepPlan plan = newest == null || newest.over() ? null : newest;
        Side after = Side.of(target);
        Side before = plan != null ? plan.before() : inForce == null ? Side.NORMAL : Side.of(inForce);
        if (!needsSteps(before, after, immediate)) {
            return new Staged(target, plan == null ? null : dropped(plan, now));
        }
        if (plan != null && plan.rolledBack()) {
            if (now.isBefore(plan.changedAt().plus(retryAfter))) {
                return new Staged(at(plan, 0, inForce, target, immediate, now), plan);
            }
            plan = null;
        }
        StepPlan next;
        if (plan == null) {
            next = StepPlan.begin(target.scope(), before, after, steps.size(), steps.getFirst(), now);
        } else if (plan.after().isBelow(after)) {
            StepPlan first = plan.at(1, steps.getFirst(), now).to(after);
            next = plan.state() == StepState.PAUSED ? first.in(StepState.PAUSED, plan.why(), now) : first;
        } else {
            next = plan.to(after);
        }
        return new Staged(at(next, next.fraction(), inForce, target, immediate, now), next);
    }

    /** The plan a step further; complete after the last. */
    StepPlan advanced(StepPlan plan, Instant now) {
        return plan.step() >= steps.size()
                ? plan.in(StepState.COMPLETE, "", now)
                : plan.at(plan.step() + 1, steps.get(plan.step()), now);
    }

    /** The plan at its first step, after it was rolled back. */
    StepPlan again(StepPlan plan, Instant now) {
        return plan.at(1, steps.getFirst(), now);
    }

    private boolean needsSteps(Side before, Side after, Set<Axis> immediate) {
        if (steps.size() == 1) {
            return false;
        }
        boolean quality = !immediate.contains(Axis.egress)
                && after.axes().egress() - before.axes().egress() > steps.getFirst();
        boolean throttles = !immediate.contains(Axis.origin)
                && !immediate.contains(Axis.compute)
                && Side.harder(before.throttle(), after.throttle());
        return quality || throttles;
    }

    private static StepPlan dropped(StepPlan plan, Instant now) {
        return plan.rolledBack()
                ? plan.ended()
                : plan.in(StepState.SUPERSEDED, "what it led to is no longer asked for", now);
    }

    private DirectiveContent at(
            StepPlan plan,
            double fraction,
            @Nullable Directive inForce,
            DirectiveContent target,
            Set<Axis> immediate,
            Instant now) {
        Axes before = plan.before().axes();
        Axes after = target.axes();
        double share = immediate.contains(Axis.egress) ? 1 : fraction;
        Axes axes = new Axes(
                egress(
                        before.egress(),
                        after.egress(),
                        share,
                        inForce == null ? 0 : inForce.axes().egress()),
                fraction > 0 ? after.origin() : Math.min(before.origin(), after.origin()),
                fraction > 0 ? after.compute() : Math.min(before.compute(), after.compute()),
                after.availability());
        Levers levers = Levers.of(axes, table);
        return new DirectiveContent(
                target.scope(),
                target.leaseSeconds(),
                fraction > 0 ? target.endsAt() : stillToCome(plan.before().endsAt(), now),
                target.audience(),
                axes,
                axes.egress() == 0
                        ? Mix.normal(target.mix().salt())
                        : Mix.of(
                                axes.egress(),
                                target.mix().holdbackFraction(),
                                target.mix().salt()),
                levers.caps(),
                levers.throttle(),
                levers.cache(),
                fraction == 0 || fraction == 1
                        ? null
                        : new Directive.Rollout(
                                plan.step() + "/" + plan.of(),
                                share(plan, levers.throttle(), fraction),
                                "w-" + plan.startedAt().getEpochSecond(),
                                plan.before().throttle()),
                fraction > 0 ? target.reason() : new Directive.Reason("ROLLED_BACK", plan.why(), Map.of()),
                target.actor());
    }

    private static @Nullable Instant stillToCome(@Nullable Instant end, Instant now) {
        return end == null || end.isBefore(now) ? null : end;
    }

    /** Only what throttles harder is kept from receivers. */
    private static double share(StepPlan plan, @Nullable Throttle throttle, double fraction) {
        return Side.harder(plan.before().throttle(), throttle) ? fraction : 1;
    }

    /** Never back on the way: a target that falls below what was reached is reached at once. */
    private static double egress(double before, double after, double fraction, double reached) {
        if (after <= before) {
            return after;
        }
        double staged = Math.round((before + (after - before) * fraction) * PRECISION) / PRECISION;
        return fraction == 0 || fraction == 1 ? staged : Math.max(staged, Math.min(reached, after));
    }
}
