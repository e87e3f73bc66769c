package io.sluice.image.srcset;

import io.sluice.platform.problem.ProblemException;

/** 422: the key was used before for another set. */
final class IdempotencyConflict extends ProblemException {
    private static final long serialVersionUID = 1L;

    IdempotencyConflict() {
        super(
                422,
                "idempotency-key-reused",
                "This Idempotency-Key was used with another body",
                "Use a new key for another set.");
    }
}
