package io.sluice.contracts.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request as an edge logs it: a line of the JSON-lines body of {@code POST /api/v1/cdn/logs}.
 *
 * @param time when the response was complete
 * @param method HTTP method
 * @param path request path, without the query
 * @param status HTTP status; 0 when the client left
 * @param bytes body bytes sent
 * @param seconds from the request's first byte to the response's last
 * @param ttfbSeconds to the response's first byte; absent where the edge does not say
 * @param cache what the cache did
 * @param pop point of presence; absent where there is one only
 * @param country of the client, ISO 3166-1 alpha-2; absent when unknown
 */
public record EdgeLogLine(
        Instant time,
        String method,
        String path,
        int status,
        long bytes,
        double seconds,
        @Nullable Double ttfbSeconds,
        CacheResult cache,
        @Nullable String pop,
        @Nullable String country) {

    /** What a cache did, the same words for every CDN. */
    public enum CacheResult {
        HIT,
        SHIELD_HIT,
        REVALIDATED,
        STALE,
        MISS,
        BYPASS,
        SYNTHETIC,
        ERROR,
        UNKNOWN;

        /** Whether the bytes came from the cache. */
        public boolean served() {
            return this == HIT || this == SHIELD_HIT || this == REVALIDATED || this == STALE;
        }
    }
}
