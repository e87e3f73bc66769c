package io.sluice.image.job;

import io.sluice.platform.problem.ProblemException;

/** 409: the job is in a state in which this cannot be done to it. */
final class JobEnded extends ProblemException {
    private static final long serialVersionUID = 1L;

    JobEnded(long id, String state, String asked) {
        super(
                409,
                "job-state",
                "The job's state does not allow this",
                "Job " + id + " is " + state + ": " + asked + " needs "
                        + (asked.equals("cancel") ? "one that has not ended." : "one that is dead or has failed."));
    }
}
