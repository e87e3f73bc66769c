package io.sluice.optimizer.decisions;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.platform.problem.InvalidRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /api/v1/freeze}.
 *
 * @param ttl ISO 8601, PT1S to PT24H; always needed, so that nothing is forgotten
 * @param reason for whoever wonders, 1-500 characters
 */
public record FreezeRequest(
        @Nullable Duration ttl, @Nullable String reason) {

    record Checked(Duration ttl, String reason) {}

    /** Fails with every field that is wrong. */
    Checked checked() {
        List<FieldError> errors = new ArrayList<>();
        Limits.check(errors, ttl, reason);
        if (!errors.isEmpty() || ttl == null || reason == null) {
            throw new InvalidRequest(errors);
        }
        return new Checked(ttl, reason);
    }
}
