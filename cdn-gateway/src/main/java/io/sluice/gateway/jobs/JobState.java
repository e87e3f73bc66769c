package io.sluice.gateway.jobs;

/** How a job stands. */
public enum JobState {
    /** Calls are waiting or under way. */
    RUNNING,
    /** Every call was carried out. */
    DONE,
    /** Some calls failed. */
    PARTIAL,
    /** Every call failed. */
    FAILED,
    /** It was stopped; what was sent stays done. */
    CANCELLED
}
