package io.sluice.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key is when nobody sets it; the tests' own settings are looked past. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
class ConfigDefaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sluice.optimizer.broadcast.heartbeat | PT10S",
                "sluice.optimizer.broadcast.refresh | PT2S",
                "sluice.optimizer.broadcast.patience | PT1M",
                "sluice.optimizer.directives.lease | PT15M",
                "sluice.optimizer.directives.audience | image-worker,cdn-gateway",
                "sluice.optimizer.directives.holdback | 0.01",
                "sluice.optimizer.directives.salt | sluice-1",
                "sluice.optimizer.directives.live | PT90S",
                "sluice.optimizer.workers.most | 20000",
                "sluice.optimizer.workers.forget-after | P7D",
                "sluice.optimizer.workers.receipts | P30D",
                "sluice.optimizer.leadership.lease | PT15S",
                "sluice.optimizer.leadership.renew | PT5S",
                "sluice.optimizer.pacing.interval | PT15S",
                "sluice.optimizer.pacing.timeout | PT3S",
                "sluice.optimizer.pacing.keep | PT5M",
                "sluice.optimizer.rollout.steps | 0.1,0.5,1",
                "sluice.optimizer.rollout.hold | PT5M",
                "sluice.optimizer.rollout.timeout | PT15M",
                "sluice.optimizer.rollout.check | PT5S",
                "sluice.optimizer.rollout.retry-after | PT1H",
                "sluice.optimizer.rollout.guards.quorum | 0.95",
                "sluice.optimizer.rollout.guards.error-rise | 0.005",
                "sluice.optimizer.rollout.guards.latency-factor | 1.2",
                "sluice.optimizer.rollout.guards.min-requests | 200",
            })
    void has_this_default(String key, String value) {
        String last = null;
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            String found = source.getValue(key);
            last = found == null ? last : found;
        }
        assertThat(last).isEqualTo(value);
    }
}
