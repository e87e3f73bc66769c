package io.sluice.image.vips;

/** An operation that libvips refused: damaged input, or arguments that do not go together. */
public final class VipsFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** As it was reported by another process. */
    public VipsFailure(String message) {
        super(message, null, false, false);
    }

    VipsFailure(String operation, String message) {
        super(operation + ": " + message.replace('\n', ' '), null, false, false);
    }
}
