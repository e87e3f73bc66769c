package io.sluice.gateway.purge;

/** How a purge stands. */
enum PurgeState {
    /** Calls are waiting or under way. */
    RUNNING,
    /** Every CDN took every call. */
    DONE,
    /** Some calls failed. */
    PARTIAL,
    /** Every call failed. */
    FAILED,
    /** An operator stopped it; what was sent stays purged. */
    CANCELLED
}
