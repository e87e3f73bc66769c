package io.sluice.optimizer.freezes;

import io.sluice.platform.problem.ProblemException;

/** 423: a freeze is in force. */
public final class Frozen extends ProblemException {
    private static final long serialVersionUID = 1L;

    public Frozen(Freeze freeze) {
        super(
                423,
                "frozen",
                "Levels are frozen",
                "Frozen by " + freeze.actor() + " until " + freeze.expiresAt() + ": " + freeze.reason()
                        + ". DELETE /api/v1/freeze lifts it.");
    }
}
