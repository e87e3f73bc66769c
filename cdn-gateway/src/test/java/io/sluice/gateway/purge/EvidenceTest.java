package io.sluice.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.vendors.VendorReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
    @ParameterizedTest(name = "{0}: {1}, Age {2} is {3}")
    @CsvSource({
        "cache-status, edge-a; fwd=uri-miss, , FRESH",
        "cache-status, edge-a; fwd=stale, , FRESH",
        "cache-status, edge-a; hit, 3600, OLD",
        "cache-status, edge-a; hit, 4, FRESH",
        "cache-status, edge-a; hit, , UNKNOWN",
        "cache-status, 'shield; hit, edge; fwd=uri-miss', 3600, OLD",
        "cache-status, 'shield; fwd=miss, edge; hit; ttl=5', 3600, OLD",
        "cf-cache-status, MISS, , FRESH",
        "cf-cache-status, REVALIDATED, , FRESH",
        "cf-cache-status, HIT, 100, OLD",
        "x-cache, Miss from cloudfront, , FRESH",
        "x-cache, Hit from cloudfront, 10, OLD",
        "x-cache, 'HIT, MISS', 100, OLD",
        "cdn-cache, HIT, , UNKNOWN",
        "server, nginx, , UNKNOWN",
        "server, nginx, 3600, OLD",
        "server, nginx, x, UNKNOWN"
    })
    void reads_what_caches_say(String name, String value, String age, Evidence expected) {
        Map<String, String> headers = new HashMap<>();
        headers.put(name, value);
        if (age != null) {
            headers.put("age", age);
        }
        assertThat(Evidence.of(new VendorReply(200, headers, ""), Duration.ofSeconds(5)))
                .isEqualTo(expected);
    }
}
