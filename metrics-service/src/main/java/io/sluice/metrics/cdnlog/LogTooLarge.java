package io.sluice.metrics.cdnlog;

import io.sluice.platform.problem.ProblemException;

/** 413: a log is longer than is taken at a time. Nothing was recorded. */
final class LogTooLarge extends ProblemException {
    private static final long serialVersionUID = 1L;

    LogTooLarge(long most) {
        super(
                413,
                "body-too-large",
                "The body is too large",
                "Send at most " + most + " bytes of log lines at a time.");
    }
}
