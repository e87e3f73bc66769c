package io.sluice.gateway.selection;

/** Whether traffic may go to a CDN, and if not, why. */
public enum CdnStatus {
    /** Takes traffic. */
    UP,
    /** Its breaker is half-open: takes one bucket in a hundred as a trial. */
    TRIAL,
    /** Its breaker is open: too many of its responses failed. */
    BREAKER_OPEN,
    /** Answers its probes, but wrongly: it may still serve what it has cached. */
    FAILING,
    /** Does not answer its probes. */
    UNREACHABLE,
    /** Taken out by an operator. */
    DRAINED,
    /** The market's policy does not allow it. */
    DENIED;

    /** Whether anything answers there, as far as is known. */
    boolean answers() {
        return this == UP || this == TRIAL || this == BREAKER_OPEN || this == FAILING;
    }
}
