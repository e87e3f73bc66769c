package io.sluice.metrics.cdnlog;

/** A line that cannot be read; the message says what is wrong with it. */
final class MalformedLine extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedLine(String message) {
        super(message, null, false, false);
    }
}
