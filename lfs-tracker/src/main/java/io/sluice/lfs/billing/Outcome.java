package io.sluice.lfs.billing;

/** How a pull ended. */
public enum Outcome {
    /** Figures were written. */
    WRITTEN(true),
    /** The same answer as before; nothing was written. */
    UNCHANGED(true),
    /** An empty answer for a day that had figures: they are kept, and the day is marked. */
    SUSPECT(false),
    /** Rows outside the day: month granularity. Nothing was written. */
    MONTH_ROWS(false),
    /** Not the JSON that GitHub documents, or a quantity that cannot be. Nothing was written. */
    MALFORMED(false),
    /** 401. */
    UNAUTHORIZED(false),
    /** 403 for lack of permission. */
    FORBIDDEN(false),
    /** 404 or 410: no such organisation for this token, or it is not on GitHub's enhanced billing platform. */
    NOT_FOUND(false),
    /** 429, or 403 with an exhausted rate limit. */
    RATE_LIMITED(false),
    /** 5xx, or a status that is not expected. */
    SERVER_ERROR(false),
    /** No connection, or no whole answer in time. */
    UNREACHABLE(false);

    private final boolean good;

    Outcome(boolean good) {
        this.good = good;
    }

    /** Whether the figures of the day are what GitHub says now. */
    public boolean good() {
        return good;
    }

    /** Whether it concerns this day only, so that other days may still be pulled. */
    boolean ofThisDay() {
        return this == SUSPECT || this == MONTH_ROWS || this == MALFORMED;
    }
}
