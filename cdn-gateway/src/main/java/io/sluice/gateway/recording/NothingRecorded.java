package io.sluice.gateway.recording;

import io.sluice.platform.problem.ProblemException;

/** 409: nobody asked this replica for anything yet, so there is no sample of decisions. */
public final class NothingRecorded extends ProblemException {
    private static final long serialVersionUID = 1L;

    /** @param instead what to do rather than wait */
    public NothingRecorded(String instead) {
        super(
                409,
                "nothing-recorded",
                "No decision was recorded yet",
                "This replica has no such decisions in its sample yet: wait for traffic, or " + instead + ".");
    }
}
