package io.sluice.optimizer.decisions;

import io.sluice.contracts.problem.Problem.FieldError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What everything that an operator sets by hand needs: an end and a reason. */
final class Limits {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int LONGEST_REASON = 500;

    private Limits() {}

    /** Adds what is wrong. */
    static void check(List<FieldError> errors, @Nullable Duration ttl, @Nullable String reason) {
        if (ttl == null || ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            errors.add(new FieldError("ttl", "is required, PT1S to PT24H"));
        }
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            errors.add(new FieldError("reason", "is required, at most 500 characters"));
        }
    }
}
