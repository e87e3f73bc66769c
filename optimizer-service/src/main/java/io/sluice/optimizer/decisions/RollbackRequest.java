package io.sluice.optimizer.decisions;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.platform.problem.InvalidRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/rollbacks}.
 *
 * @param scope {@code global} (when absent) or {@code collection:{name}}
 * @param generation whose levels are wanted back
 * @param ttl ISO 8601, PT1S to PT24H: afterwards the budgets decide again
 * @param reason for whoever wonders, 1-500 characters
 * @param confirm needed when those levels are above 3 or throttle requests
 */
public record RollbackRequest(
        @Nullable String scope,
        @Nullable Long generation,
        @Nullable Duration ttl,
        @Nullable String reason,
        @Nullable Boolean confirm) {

    record Checked(String scope, long generation, Duration ttl, String reason, boolean confirmed) {}

    /** Fails with every field that is wrong. */
    Checked checked() {
        List<FieldError> errors = new ArrayList<>();
        String where = scope == null ? Directive.GLOBAL : scope;
        if (!Directive.isScope(where)) {
            errors.add(new FieldError("scope", "must be global or collection:{name}"));
        }
        if (generation == null || generation < 1) {
            errors.add(new FieldError("generation", "is required, at least 1"));
        }
        Limits.check(errors, ttl, reason);
        if (!errors.isEmpty() || generation == null || ttl == null || reason == null) {
            throw new InvalidRequest(errors);
        }
        return new Checked(where, generation, ttl, reason, Boolean.TRUE.equals(confirm));
    }
}
