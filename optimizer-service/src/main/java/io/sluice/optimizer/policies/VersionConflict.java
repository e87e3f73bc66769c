package io.sluice.optimizer.policies;

import io.sluice.platform.problem.ProblemException;

/** 412 or 428: a change without, or with another than, the version that stands. */
final class VersionConflict extends ProblemException {
    private static final long serialVersionUID = 1L;

    private VersionConflict(int status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static VersionConflict missing() {
        return new VersionConflict(
                428,
                "if-match-required",
                "A change needs If-Match",
                "Send the ETag of the policy you have read as If-Match.");
    }

    static VersionConflict outdated() {
        return new VersionConflict(
                412,
                "version-conflict",
                "The policy has changed since it was read",
                "Read it again and repeat the change.");
    }
}
