package io.sluice.gateway.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageReadingTest {
    private static final Instant NOW = Instant.parse("2026-11-16T00:00:00Z");

    @Test
    void adds_up_the_month_of_each_cdn() throws JsonProcessingException {
        Usage usage = UsageReading.of(NOW, json("""
                        {"items":[
                          {"cdn":"a","from":"2026-11-01T00:00:00Z","to":"2026-11-01T01:00:00Z","bytes":450000000000},
                          {"cdn":"a","from":"2026-11-01T01:00:00Z","to":"2026-11-01T02:00:00Z","bytes":45000000000},
                          {"cdn":"b","from":"2026-11-01T00:00:00Z","to":"2026-11-01T01:00:00Z","bytes":1000000000}]}"""), json("""
                        {"items":[{"cdn":"a","from":"2026-11-15T23:55:00Z","to":"2026-11-16T00:00:00Z","bytes":3750000000,
                          "hitRatio":0.8}]}"""), json("""
                        {"items":[{"kind":"LFS_STORAGE","exceedProbability":1.0},
                          {"kind":"LFS_BANDWIDTH","exceedProbability":0.4}]}"""), Map.of("a", 200.0));

        MonthUsage a = usage.of("a");
        assertThat(a.gb()).isCloseTo(495, within(1e-9));
        assertThat(a.elapsed()).isEqualTo(0.5);
        assertThat(a.projectedGb()).isCloseTo(990, within(1e-9));
        assertThat(a.mbps()).isCloseTo(100, within(1e-9));
        assertThat(a.burstsUsed()).as("one hour at 1 Gbit/s").isEqualTo(12);
        assertThat(a.p95Mbps()).as("two hours of 720").isZero();
        assertThat(usage.of("b").burstsUsed()).isZero();
        assertThat(usage.hitRatio()).isEqualTo(Map.of("a", 0.8));
        assertThat(usage.exceedProbability()).isEqualTo(0.4);
        assertThat(usage.of("unheard")).isEqualTo(MonthUsage.NONE);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
