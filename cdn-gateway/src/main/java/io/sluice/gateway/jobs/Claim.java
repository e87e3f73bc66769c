package io.sluice.gateway.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A claimed call.
 *
 * @param id of its row
 * @param job it belongs to
 * @param cdn where
 * @param what to call
 * @param step what to do next
 * @param attempts failed tries of this step so far
 * @param fence of the claim: who claims it later has another
 * @param reference of whom was called, once there is one
 * @param sinceAccepted since the call was taken, zero before
 * @param <T> what a call is
 */
public record Claim<T>(
        long id,
        long job,
        String cdn,
        T what,
        Step step,
        int attempts,
        long fence,
        @Nullable String reference,
        Duration sinceAccepted) {
    /** States in which there is something to do. */
    public enum Step {
        /** To be sent. */
        WAITING,
        /** It was taken and is under way; to be asked. */
        ACCEPTED,
        /** It is said to be done; to be checked by a fetch. */
        VERIFYING
    }
}
