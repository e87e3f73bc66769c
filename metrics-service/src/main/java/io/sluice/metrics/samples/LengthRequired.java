package io.sluice.metrics.samples;

import io.sluice.platform.problem.ProblemException;

/** 411: a batch that does not say how long it is (RFC 9110, section 15.5.12). */
final class LengthRequired extends ProblemException {
    private static final long serialVersionUID = 1L;

    LengthRequired() {
        super(411, "length-required", "The body needs a Content-Length", "Send it without chunks.");
    }
}
