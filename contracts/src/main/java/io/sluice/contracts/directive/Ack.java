package io.sluice.contracts.directive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/workers/{id}/acks}: what a receiver did with a directive. Repeating it is harmless.
 *
 * @param bootId of the registration
 * @param scope of the directive
 * @param epoch of the directive
 * @param generation of the directive
 * @param contentHash of the directive
 * @param status what was done
 * @param ignored levers it cannot act on (then the status is {@code PARTIAL})
 * @param message why it was rejected or ignored
 */
public record Ack(
        String bootId,
        String scope,
        long epoch,
        long generation,
        String contentHash,
        Status status,
        List<String> ignored,
        @Nullable String message) {

    public Ack {
        ignored = List.copyOf(ignored);
    }

    /** In the order in which they happen; REJECTED is final. */
    public enum Status {
        RECEIVED,
        APPLIED,
        PARTIAL,
        REJECTED
    }
}
