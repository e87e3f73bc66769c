package io.sluice.gateway.health;

/** What a probe, or a response that somebody reports, says of a CDN. */
sealed interface ProbeResult {
    /** It serves as it should. */
    record Good() implements ProbeResult {}

    /** The origin throttles and says so ({@code Sluice-Outcome: throttle}): nothing is said of the CDN. */
    record Throttled() implements ProbeResult {}

    /** It answers, but not what it should. */
    record Wrong(String reason) implements ProbeResult {}

    /** It does not answer: refused, reset, or too slow. */
    record Silent(String reason) implements ProbeResult {}
}
