package io.sluice.optimizer.steps;

import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.platform.problem.ProblemException;

/** 409: the rollout is not in a state in which this can be done. */
final class NotUnderWay extends ProblemException {
    private static final long serialVersionUID = 1L;

    NotUnderWay(StepState state, boolean over, String wanted) {
        super(
                409,
                "rollout-not-under-way",
                "The rollout is in another state",
                "It is " + state + (over ? " and over" : "") + ", so it cannot be told to " + wanted
                        + ". POST /api/v1/rollbacks goes back to any earlier generation.");
    }
}
