package io.sluice.optimizer.steps;

import io.sluice.platform.problem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * Body of the calls that pause, resume and roll back a rollout.
 *
 * @param reason for whoever wonders, 1-500 characters
 */
public record RolloutOrder(@Nullable String reason) {
    private static final int LONGEST = 500;

    /** The reason, checked. */
    static String checked(@Nullable RolloutOrder order) {
        String reason = order == null ? null : order.reason;
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw new InvalidRequest("reason", "is required, at most " + LONGEST + " characters");
        }
        return reason;
    }
}
