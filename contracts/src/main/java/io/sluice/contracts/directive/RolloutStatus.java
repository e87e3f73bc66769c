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
 */
public record RolloutStatus(
        String scope, long epoch, long generation, State state, int audience, int applied, List<Worker> workers) {

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
}
