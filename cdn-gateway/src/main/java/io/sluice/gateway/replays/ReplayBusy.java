package io.sluice.gateway.replays;

import io.sluice.platform.problem.ProblemException;

/** 429: another replay runs in this replica. */
final class ReplayBusy extends ProblemException {
    private static final long serialVersionUID = 1L;

    ReplayBusy() {
        super(
                429,
                "replay-busy",
                "Another replay runs",
                "One replay runs at a time, so that deciding keeps its processor. Try again in a few seconds.");
    }
}
