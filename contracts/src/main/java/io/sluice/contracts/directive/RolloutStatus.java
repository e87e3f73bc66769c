package io.sluice.contracts.directive;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code GET /api/v1/rollouts/{scope}/{generation}}: who has a directive.
 *
 * @param scope of the directive
 * @param epoch of the directive
 * @param generation of the directive
 * @param state of the whole
 * @param audience how many live receivers must have it
 * @param applied how many have it (APPLIED or PARTIAL)
 * @param workers one by one
 * @param steps the rollout in steps that this generation is a part of; absent when it was issued at once
 */
public record RolloutStatus(
        String scope,
        long epoch,
        long generation,
        State state,
        int audience,
        int applied,
        List<Worker> workers,
        @Nullable Steps steps) {

    public RolloutStatus {
        workers = List.copyOf(workers);
    }

    /** State of a rollout. */
    public enum State {
        IN_PROGRESS,
        COMPLETE,
        REJECTED,
        SUPERSEDED
    }

    /**
     * One receiver.
     *
     * @param id of the receiver
     * @param service it belongs to
     * @param status absent as long as it has not answered
     * @param at when it answered
     * @param seenAt its last sign of life
     * @param ignored levers it cannot act on
     * @param message why it was rejected or ignored
     */
    public record Worker(
            String id,
            String service,
            Ack.@Nullable Status status,
            @Nullable Instant at,
            Instant seenAt,
            List<String> ignored,
            @Nullable String message) {}

    /**
     * A rollout in steps: each step is a generation of its own.
     *
     * @param from its first generation
     * @param to its newest generation
     * @param state of the steps
     * @param step the present one, from 1
     * @param of how many steps there are
     * @param fraction of keys and receivers that the present step concerns, 0-1
     * @param target levels when it is complete
     * @param since when the present step began
     * @param why it waits, was paused or was rolled back; empty when there is nothing to say
     */
    public record Steps(
            long from,
            long to,
            StepState state,
            int step,
            int of,
            double fraction,
            Axes target,
            Instant since,
            String why) {}

    /** State of a rollout in steps. */
    public enum StepState {
        /** Goes on by itself as its guards allow. */
        STEPPING,
        /** Stays at its step until somebody resumes it; guards still watch. */
        PAUSED,
        /** Every step was taken. */
        COMPLETE,
        /** A guard or an operator brought the old content back, as a new generation. */
        ROLLED_BACK,
        /** What it led to is no longer asked for. */
        SUPERSEDED
    }
}
