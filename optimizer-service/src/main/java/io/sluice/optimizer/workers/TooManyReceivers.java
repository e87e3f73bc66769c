package io.sluice.optimizer.workers;

import io.sluice.platform.problem.ProblemException;

/** 409: no further receiver is taken in. Nothing was changed. */
final class TooManyReceivers extends ProblemException {
    private static final long serialVersionUID = 1L;

    TooManyReceivers(int most) {
        super(
                409,
                "too-many-receivers",
                "Too many receivers are registered",
                most + " are known: DELETE /api/v1/workers/{id} those that are gone, or raise"
                        + " sluice.optimizer.workers.most.");
    }
}
