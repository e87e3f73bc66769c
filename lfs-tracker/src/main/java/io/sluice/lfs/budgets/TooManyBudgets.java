package io.sluice.lfs.budgets;

import io.sluice.platform.problem.ProblemException;

/** 409: there are as many budgets of repositories as there may be. */
final class TooManyBudgets extends ProblemException {
    private static final long serialVersionUID = 1L;

    TooManyBudgets(int most) {
        super(
                409,
                "too-many-budgets",
                "There are as many budgets as there may be",
                "At most " + most + " repositories may have one: remove another first.");
    }
}
