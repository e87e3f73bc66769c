package io.sluice.image.scan;

/** Outcome of looking at an upload. */
public sealed interface Scan {
    /** An image that may be given to native code. */
    record Accepted(ImageFacts facts) implements Scan {}

    /**
     * Not taken.
     *
     * @param cause what kind of refusal
     * @param detail what was found, and the limit
     */
    record Refused(Cause cause, String detail) implements Scan {}

    /** Kinds of refusal. */
    enum Cause {
        /** The first bytes are those of no format that is taken; SVG is one of them. */
        NOT_AN_IMAGE,
        /** More pixels than the limit. */
        TOO_MANY_PIXELS,
        /** So many scans, chunks, markers or frames that decoding would cost out of proportion. */
        TOO_COMPLEX,
        /** Cut off, or its headers contradict each other. */
        DAMAGED
    }
}
