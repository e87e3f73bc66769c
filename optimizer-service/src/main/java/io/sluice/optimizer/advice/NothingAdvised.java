package io.sluice.optimizer.advice;

import io.sluice.platform.problem.ProblemException;

/** 409: there is nothing to accept or reject yet. */
final class NothingAdvised extends ProblemException {
    private static final long serialVersionUID = 1L;

    NothingAdvised(String why) {
        super(409, "nothing-advised", "There is no advice to decide about", why + "; decide when there is advice.");
    }
}
