package io.sluice.image.transfer;

import java.io.IOException;

/** There was no whole answer. */
public final class TransferFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why there was none. */
    public enum Reason {
        /** No connection, or it broke. */
        CONNECTION,
        /** It was not whole in time. */
        TOO_SLOW,
        /** The body is longer than was allowed; it was not read to its end. */
        TOO_LONG,
        /** The file cannot be written or read. */
        FILE
    }

    TransferFailed(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why there was no whole answer. */
    public Reason reason() {
        return reason;
    }
}
