package io.sluice.gateway.selection;

/** What to do when no CDN is healthy. */
public enum AllDown {
    /** Use those that answer at all, in static order: they may serve what they have cached. Refuse when none answers. */
    ANSWERING,
    /** Use all that are not drained, in static order: more likely than all CDNs, our own network is broken. */
    ALWAYS,
    /** Use none. */
    NEVER
}
