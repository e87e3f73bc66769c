package io.sluice.image.srcset;

import io.sluice.platform.problem.ProblemException;

/** 503: without a key no address can be handed out. */
final class NoSigningKey extends ProblemException {
    private static final long serialVersionUID = 1L;

    NoSigningKey() {
        super(
                503,
                "no-signing-key",
                "Addresses cannot be signed",
                "Set sluice.signing.active and sluice.signing.keys as cdn-gateway has them.");
    }
}
