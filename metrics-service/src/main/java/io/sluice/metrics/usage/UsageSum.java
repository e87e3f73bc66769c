package io.sluice.metrics.usage;

import io.sluice.contracts.usage.CdnUsage;
import io.sluice.contracts.usage.EdgeLogLine.CacheResult;
import io.sluice.metrics.histogram.Bounds;
import io.sluice.metrics.histogram.ExponentialHistogram;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up what one CDN served. */
final class UsageSum {
    private final String cdn;
    private final ExponentialHistogram duration = new ExponentialHistogram(Bounds.TIME);
    private final Map<LocalDate, long[]> byDay = new HashMap<>();
    private long requests;
    private long bytes;
    private long hits;
    private long hitBytes;
    private long misses;
    private long missBytes;
    private long failed;

    UsageSum(String cdn) {
        this.cdn = cdn;
    }

    void add(UsageStore.Stored row) {
        requests += row.requests();
        bytes += row.bytes();
        if (row.cache().served()) {
            hits += row.requests();
            hitBytes += row.bytes();
        } else if (row.cache() == CacheResult.MISS) {
            misses += row.requests();
            missBytes += row.bytes();
        }
        failed += row.statusClass() == 5 || row.statusClass() == 0 ? row.requests() : 0;
        duration.merge(row.duration());
        long[] day = byDay.computeIfAbsent(LocalDate.ofInstant(row.start(), ZoneOffset.UTC), date -> new long[2]);
        day[0] += row.bytes();
        day[1] += row.requests();
    }

    CdnUsage usage(Instant from, Instant to, PriceBook prices) {
        Optional<BigDecimal> cost = cost(prices);
        return new CdnUsage(
                cdn,
                from,
                to,
                requests,
                bytes,
                ratio(hits, hits + misses),
                ratio(hitBytes, hitBytes + missBytes),
                ratio(failed, requests),
                quantile(0.5),
                quantile(0.95),
                quantile(0.99),
                cost.map(amount -> amount.setScale(6, RoundingMode.HALF_UP)).orElse(null),
                cost.isPresent() ? prices.currency() : null);
    }

    private Optional<BigDecimal> cost(PriceBook prices) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<LocalDate, long[]> day : byDay.entrySet()) {
            Optional<BigDecimal> cost = prices.cost(cdn, day.getKey(), day.getValue()[0], day.getValue()[1]);
            if (cost.isEmpty()) {
                return cost;
            }
            sum = sum.add(cost.get());
        }
        return Optional.of(sum);
    }

    private @Nullable Double quantile(double q) {
        return requests == 0 ? null : (Double) duration.quantile(q);
    }

    private static @Nullable Double ratio(long part, long whole) {
        return whole == 0 ? null : (Double) ((double) part / whole);
    }
}
