package io.sluice.gateway.outcomes;

/** What becomes of a vote. */
public enum Verdict {
    /** It is handed on. */
    COUNTED,
    /** The decision has a vote. */
    DUPLICATE,
    /** No decision of this service, or one that was changed. */
    FORGED,
    /** Of too long ago. */
    STALE,
    /** Its network has voted often enough in this minute, or too many wait. */
    TOO_MANY,
    /** A time to first byte that cannot be, or one for a failed request. */
    IMPLAUSIBLE
}
