package io.sluice.gateway.replays;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheModelTest {
    @Test
    void keeps_what_was_used_last_at_each_point_of_presence() {
        CacheModel caches = new CacheModel(2, 2, 2);
        assertThat(caches.hit(0, 0, 1)).isFalse();
        assertThat(caches.hit(0, 0, 2)).isFalse();
        assertThat(caches.hit(0, 0, 1)).isTrue();
        assertThat(caches.hit(0, 0, 3)).isFalse();
        assertThat(caches.hit(0, 0, 2)).as("2 was used longest ago").isFalse();
        assertThat(caches.hit(0, 1, 3)).as("another point of presence").isFalse();
        assertThat(caches.hit(1, 0, 3)).as("another CDN").isFalse();
    }
}
