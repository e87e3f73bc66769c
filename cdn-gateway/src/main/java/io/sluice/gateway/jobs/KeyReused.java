package io.sluice.gateway.jobs;

import io.sluice.platform.problem.ProblemException;

/** 409: the Idempotency-Key was used for another request. */
public final class KeyReused extends ProblemException {
    private static final long serialVersionUID = 1L;

    KeyReused() {
        super(
                409,
                "idempotency-key-reused",
                "The Idempotency-Key belongs to another request",
                "Use a new key for a new job; the same key only repeats the same request.");
    }
}
