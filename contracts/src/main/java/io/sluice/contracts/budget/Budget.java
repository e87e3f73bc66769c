package io.sluice.contracts.budget;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be used in a period: item of {@code GET /api/v1/budgets} of lfs-tracker and metrics-service. Amounts are decimal
 * strings in JSON, in {@code unit}.
 *
 * @param id stable, for example {@code lfs-bandwidth:acme}
 * @param kind what is counted
 * @param scope {@code global} or {@code collection:{name}}
 * @param owner account or CDN it belongs to
 * @param unit {@code GB}, {@code GiB}, {@code GiB-hour} or an ISO 4217 currency
 * @param limit what may be used; absent when it is not known, never guessed
 * @param used what has been used since {@code periodStart}
 * @param usedAt when {@code used} was true
 * @param source own meter, or the vendor's bill
 * @param projected what will have been used at {@code periodEnd}; absent without enough data
 * @param exceedProbability 0-1, that {@code limit} is passed before {@code periodEnd}; absent without a limit or projection
 * @param exhaustsAt when {@code limit} is reached at this pace; absent when it is not
 * @param basis how it was projected and from how much data, for a person to read
 */
public record Budget(
        String id,
        Kind kind,
        String scope,
        String owner,
        String unit,
        @Nullable BigDecimal limit,
        BigDecimal used,
        Instant usedAt,
        Basis source,
        Instant periodStart,
        Instant periodEnd,
        @Nullable Projection projected,
        @Nullable Double exceedProbability,
        @Nullable Instant exhaustsAt,
        String basis) {

    public Budget {
        if (!periodStart.isBefore(periodEnd)) {
            throw new IllegalArgumentException("period must begin before it ends: " + periodStart + " - " + periodEnd);
        }
        if (used.signum() < 0) {
            throw new IllegalArgumentException("used must not be negative, was " + used);
        }
        if (limit != null && limit.signum() < 0) {
            throw new IllegalArgumentException("limit must not be negative, was " + limit);
        }
    }

    /** What is counted against the limit. */
    public enum Kind {
        LFS_BANDWIDTH,
        LFS_STORAGE,
        LFS_COST,
        CDN_COST,
        CDN_EGRESS
    }

    /** Where {@code used} comes from. */
    public enum Basis {
        LIVE,
        BILLED
    }

    /** Quantiles of the amount at the end of the period, ascending. */
    public record Projection(BigDecimal p10, BigDecimal p50, BigDecimal p90) {
        public Projection {
            if (p10.compareTo(p50) > 0 || p50.compareTo(p90) > 0) {
                throw new IllegalArgumentException("quantiles must ascend: " + p10 + ", " + p50 + ", " + p90);
            }
        }
    }
}
