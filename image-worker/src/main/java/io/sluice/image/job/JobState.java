package io.sluice.image.job;

import java.util.Locale;
import java.util.Optional;

/** Where a job stands. */
public enum JobState {
    /** Waits for a worker, or for the pause after a failure to pass. */
    READY,
    /** A worker has it. */
    RUNNING,
    /** Failed for good; retry or cancel it. */
    DEAD,
    /** Worked off. */
    DONE,
    /** Taken back. */
    CANCELLED;

    /** As in PostgreSQL and in JSON: lower case. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<JobState> ofToken(String token) {
        for (JobState state : values()) {
            if (state.token().equals(token)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
