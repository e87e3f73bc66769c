package io.sluice.gateway.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheAnswerTest {
    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "cache-status, edge-a; hit, HIT",
        "cache-status, edge-a; hit; detail=stale, HIT",
        "cache-status, edge-a; fwd=uri-miss; stored, MISS",
        "cache-status, 'shield; hit, edge; fwd=uri-miss', MISS",
        "cache-status, 'shield; fwd=uri-miss, edge;hit;ttl=5', HIT",
        "cache-status, edge; detail=hit-for-miss, UNKNOWN",
        "cf-cache-status, HIT, HIT",
        "cf-cache-status, EXPIRED, MISS",
        "cf-cache-status, REVALIDATED, MISS",
        "cf-cache-status, DYNAMIC, MISS",
        "x-cache, Hit from cloudfront, HIT",
        "x-cache, Miss from cloudfront, MISS",
        "x-cache, 'MISS, HIT', HIT",
        "x-cache, Error from cloudfront, UNKNOWN",
        "cdn-cache, HIT, HIT",
        "server, nginx, UNKNOWN"
    })
    void reads_what_the_nearest_cache_says(String name, String value, CacheAnswer expected) {
        assertThat(CacheAnswer.of(Map.of(name, value))).isEqualTo(expected);
    }
}
