package io.sluice.image.scan;

/** Ends a scan; never leaves this package. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Scan.Cause why;

    Refusal(Scan.Cause why, String detail) {
        super(detail, null, false, false);
        this.why = why;
    }

    static Refusal damaged(String detail) {
        return new Refusal(Scan.Cause.DAMAGED, detail);
    }

    static Refusal complex(String detail) {
        return new Refusal(Scan.Cause.TOO_COMPLEX, detail);
    }

    Scan.Refused outcome() {
        return new Scan.Refused(why, String.valueOf(getMessage()));
    }
}
