package io.sluice.gateway.health;

/** Whether a CDN answers. */
public enum Health {
    /** Its probes are good and its breaker is closed. */
    UP,
    /** Its breaker is half-open. */
    TRIAL,
    /** Its breaker is open. */
    BREAKER_OPEN,
    /** Three of its last five probes were bad; it answers, but wrongly. */
    FAILING,
    /** Three of its last five probes were bad; it does not answer. */
    UNREACHABLE
}
