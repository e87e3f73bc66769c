package io.sluice.metrics.samples;

import io.sluice.platform.problem.ProblemException;

/** 413: more samples, or more bytes, than one batch may have. */
final class BatchTooLarge extends ProblemException {
    private static final long serialVersionUID = 1L;

    BatchTooLarge(String detail) {
        super(413, "body-too-large", "The body is too large", detail);
    }
}
