package io.sluice.optimizer.steps;

import io.sluice.contracts.directive.RolloutStatus.StepState;
import java.time.Instant;

/**
 * A rollout in steps.
 *
 * @param first generation that belongs to it; 0 before it was issued
 * @param last generation that belongs to it; a rollback's is not
 * @param over whether it has no effect any more; one that was rolled back goes on keeping its target away for a time
 * @param step from 1
 * @param of how many steps there are
 * @param fraction of keys and receivers at this step, 0-1
 * @param before what it began from, and returns to
 * @param after where it leads
 * @param stepAt when the step began
 * @param changedAt when the state changed
 * @param why in words; empty when there is nothing to say
 */
public record StepPlan(
        String scope,
        long first,
        long last,
        StepState state,
        boolean over,
        int step,
        int of,
        double fraction,
        Side before,
        Side after,
        Instant startedAt,
        Instant stepAt,
        Instant changedAt,
        String why) {

    static StepPlan begin(String scope, Side before, Side after, int of, double fraction, Instant now) {
        return new StepPlan(scope, 0, 0, StepState.STEPPING, false, 1, of, fraction, before, after, now, now, now, "");
    }

    /** At another step, from now on. */
    StepPlan at(int newStep, double newFraction, Instant now) {
        return new StepPlan(
                scope,
                first,
                last,
                StepState.STEPPING,
                false,
                newStep,
                of,
                newFraction,
                before,
                after,
                startedAt,
                now,
                now,
                "");
    }

    /** Leading elsewhere. */
    StepPlan to(Side other) {
        return new StepPlan(
                scope, first, last, state, over, step, of, fraction, before, other, startedAt, stepAt, changedAt, why);
    }

    StepPlan in(StepState newState, String reason, Instant now) {
        boolean done = newState == StepState.COMPLETE || newState == StepState.SUPERSEDED;
        return new StepPlan(
                scope, first, last, newState, done, step, of, fraction, before, after, startedAt, stepAt, now, reason);
    }

    /** Without any further effect. */
    StepPlan ended() {
        return new StepPlan(
                scope, first, last, state, true, step, of, fraction, before, after, startedAt, stepAt, changedAt, why);
    }

    /** Carried by a generation. */
    public StepPlan issued(long generation) {
        return new StepPlan(
                scope,
                first == 0 ? generation : first,
                generation,
                state,
                over,
                step,
                of,
                fraction,
                before,
                after,
                startedAt,
                stepAt,
                changedAt,
                why);
    }

    public boolean underWay() {
        return !over && (state == StepState.STEPPING || state == StepState.PAUSED);
    }

    boolean rolledBack() {
        return !over && state == StepState.ROLLED_BACK;
    }
}
