package io.sluice.optimizer.pacing;

import java.time.Instant;

/**
 * What is known of a metered budget at one moment, in any unit.
 *
 * @param at now
 * @param limit what may be used in the period
 * @param reported what whoever bills says has been used since the period began
 * @param reportedAt when that was true; later use is known from the meter only
 * @param metered what our own meter has counted since the period began
 * @param periodStart inclusive
 * @param periodEnd exclusive
 */
public record Reading(
        Instant at,
        double limit,
        double reported,
        Instant reportedAt,
        double metered,
        Instant periodStart,
        Instant periodEnd) {
    public Reading {
        if (!(limit >= 0 && reported >= 0 && metered >= 0) || limit + reported + metered == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "amounts must be finite and not negative: " + limit + ", " + reported + ", " + metered);
        }
        if (!periodStart.isBefore(periodEnd)) {
            throw new IllegalArgumentException("period must begin before it ends: " + periodStart + " - " + periodEnd);
        }
    }
}
