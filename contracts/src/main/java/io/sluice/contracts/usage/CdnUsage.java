package io.sluice.contracts.usage;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one CDN served between two instants: item of metrics-service's {@code GET /api/v1/cdn/usage}.
 *
 * @param cdn its name
 * @param from inclusive
 * @param to exclusive
 * @param requests all requests
 * @param bytes body bytes sent
 * @param hitRatio requests from the cache / (those + misses), 0-1; absent when there was neither
 * @param byteHitRatio the same by bytes
 * @param errorRatio 5xx and aborted / all, 0-1; absent without requests
 * @param p50Seconds median duration; absent without requests. So are the next two
 * @param cost at the price in force; absent when no price is known for this CDN
 * @param currency ISO 4217, absent like the cost
 */
public record CdnUsage(
        String cdn,
        Instant from,
        Instant to,
        long requests,
        long bytes,
        @Nullable Double hitRatio,
        @Nullable Double byteHitRatio,
        @Nullable Double errorRatio,
        @Nullable Double p50Seconds,
        @Nullable Double p95Seconds,
        @Nullable Double p99Seconds,
        @Nullable BigDecimal cost,
        @Nullable String currency) {}
