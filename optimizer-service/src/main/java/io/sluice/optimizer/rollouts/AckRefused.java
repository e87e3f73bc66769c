package io.sluice.optimizer.rollouts;

import io.sluice.platform.problem.ProblemException;

/** 409: an acknowledgement that contradicts what is known here. Nothing was changed. */
final class AckRefused extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    AckRefused(Cause cause, String detail) {
        super(409, cause.slug, cause.title, detail);
        this.cause = cause;
    }

    Cause cause() {
        return cause;
    }

    /** Why; each is a type of its own. */
    enum Cause {
        OTHER_BOOT("other-boot", "The receiver has registered with another bootId"),
        NEVER_SENT("never-sent", "There is no such directive"),
        CONTENT_MISMATCH("content-mismatch", "The directive of this epoch and generation has another content");

        private final String slug;
        private final String title;

        Cause(String slug, String title) {
            this.slug = slug;
            this.title = title;
        }
    }
}
