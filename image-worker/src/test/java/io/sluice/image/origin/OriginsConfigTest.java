package io.sluice.image.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginsConfigTest {
    @Test
    void has_these_defaults() {
        OriginsConfig config = new SmallRyeConfigBuilder()
                .withMapping(OriginsConfig.class)
                .withDefaultValues(Map.of(
                        "sluice.image.sources.origins.shop.url", "https://shop.example/",
                        "sluice.image.sources.lfs.repo.url", "https://git.example/repo.git/info/lfs"))
                .build()
                .getConfigMapping(OriginsConfig.class);

        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.fetches()).isEqualTo(8);
        assertThat(config.origins().values()).allMatch(origin -> !origin.allowPrivate());
        assertThat(config.lfs().values()).allMatch(server -> !server.allowPrivate());
    }
}
