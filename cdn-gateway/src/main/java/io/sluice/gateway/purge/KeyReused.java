package io.sluice.gateway.purge;

import io.sluice.platform.problem.ProblemException;

/** 409: the Idempotency-Key was used for another request. */
final class KeyReused extends ProblemException {
    private static final long serialVersionUID = 1L;

    KeyReused() {
        super(
                409,
                "idempotency-key-reused",
                "The Idempotency-Key belongs to another request",
                "Use a new key for a new purge; the same key only repeats the same request.");
    }
}
