package io.sluice.gateway.delivery;

/** A path below {@code /img} that no source can have. No stack trace: it is an answer, not an accident. */
public final class MalformedPath extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPath(String message) {
        super(message, null, false, false);
    }
}
