package io.sluice.lfs.billing;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a day stands.
 *
 * @param pulledAt when its last good answer came; absent when there is none
 * @param sha256 of that answer
 * @param etag GitHub's tag of that answer
 * @param suspect whether a later, empty answer contradicts the figures that are kept
 * @param requestedAt when an operator asked for it; absent when that is done
 */
record BilledDay(
        LocalDate day,
        @Nullable Instant pulledAt,
        @Nullable String sha256,
        @Nullable String etag,
        boolean suspect,
        @Nullable Instant requestedAt) {

    static BilledDay unknown(LocalDate day) {
        return new BilledDay(day, null, null, null, false, null);
    }

    boolean has(String other) {
        return other.equals(sha256);
    }
}
