package io.sluice.metrics.cdnlog;

import io.sluice.platform.problem.ProblemException;

/** 400: not one line of a log could be read, so it is in another format, or not a log. Nothing was recorded. */
final class UnreadableLog extends ProblemException {
    private static final long serialVersionUID = 1L;

    UnreadableLog(String detail) {
        super(400, "unreadable-log", "No line of the log could be read", detail);
    }
}
