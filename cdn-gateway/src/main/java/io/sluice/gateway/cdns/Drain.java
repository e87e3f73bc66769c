package io.sluice.gateway.cdns;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator keeps traffic from a CDN.
 *
 * @param reason why, for a person
 * @param at since when
 * @param until when it ends by itself; absent: when an operator enables the CDN
 */
public record Drain(String reason, Instant at, @Nullable Instant until) {
    /** Whether it holds at {@code now}. */
    boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }
}
