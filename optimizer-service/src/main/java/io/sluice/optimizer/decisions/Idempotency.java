package io.sluice.optimizer.decisions;

import io.sluice.optimizer.overrides.OverrideStore.Stored;
import io.sluice.platform.problem.InvalidRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an {@code Idempotency-Key} may be, and what it stands for. */
final class Idempotency {
    private static final int LONGEST_KEY = 200;

    private Idempotency() {}

    static void check(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new InvalidRequest("Idempotency-Key", "must be 1-" + LONGEST_KEY + " characters");
        }
    }

    /** Fails when the key was used with another body. */
    static void same(List<Stored> stored, String request) {
        if (stored.stream().anyMatch(one -> !one.request().equals(request))) {
            throw new IdempotencyConflict();
        }
    }
}
