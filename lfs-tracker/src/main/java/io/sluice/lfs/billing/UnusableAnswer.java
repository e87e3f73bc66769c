package io.sluice.lfs.billing;

/** GitHub answered 200, but nothing of it may be written. */
final class UnusableAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    UnusableAnswer(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    /** {@link Outcome#MONTH_ROWS} or {@link Outcome#MALFORMED}. */
    Outcome outcome() {
        return outcome;
    }
}
