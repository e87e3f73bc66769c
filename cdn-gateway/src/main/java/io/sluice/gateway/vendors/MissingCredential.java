package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.platform.problem.ProblemException;

/** 409: the secret that a CDN names is not configured in this replica. */
final class MissingCredential extends ProblemException {
    private static final long serialVersionUID = 1L;

    MissingCredential(Cdn cdn) {
        super(
                409,
                "missing-credential",
                "A CDN names a secret that is not configured",
                "Set sluice.gateway.credentials." + cdn.vendor().credential() + " in every replica; " + cdn.name()
                        + " needs it.");
    }
}
