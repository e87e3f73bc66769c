package io.sluice.lfs.billing;

import io.sluice.platform.problem.ProblemException;

/** 409: there is no account to pull for. */
final class NotConfigured extends ProblemException {
    private static final long serialVersionUID = 1L;

    NotConfigured(String remedy) {
        super(409, "billing-not-configured", "No GitHub account is configured", remedy);
    }
}
