package io.sluice.optimizer.policies;

import io.sluice.platform.problem.ProblemException;

/** 409: a policy stands against what was asked for. */
final class PolicyInTheWay extends ProblemException {
    private static final long serialVersionUID = 1L;

    PolicyInTheWay(String detail) {
        super(409, "policy-in-the-way", "A policy stands against it", detail);
    }
}
