package io.sluice.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.lfs.account.AccountConfig;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key is when nobody sets it; the tests' own settings are looked past. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Peers.class)
class ConfigDefaultsTest {
    @ParameterizedTest
    @CsvSource({
        "sluice.lfs.unit, GIB",
        "sluice.lfs.github.url, https://api.github.com",
        "sluice.lfs.github.api-version, 2022-11-28",
        "sluice.lfs.github.timeout, PT30S",
        "sluice.lfs.github.max-answer-bytes, 67108864",
        "sluice.lfs.billing.tick, 5s",
        "sluice.lfs.billing.interval, PT15M",
        "sluice.lfs.billing.recent-interval, PT1H",
        "sluice.lfs.billing.previous-month-interval, PT24H",
        "sluice.lfs.billing.history-days, 56",
        "sluice.lfs.billing.settling, PT48H",
        "sluice.lfs.billing.first-pause, PT5S",
        "sluice.lfs.billing.longest-pause, PT10M",
        "sluice.lfs.thresholds.tick, 60s",
        "sluice.lfs.thresholds.timeout, PT5S",
    })
    void has_this_default(String key, String value) {
        Config config = ConfigProvider.getConfig();
        String last = null;
        for (ConfigSource source : config.getConfigSources()) {
            String found = source.getValue(key);
            last = found == null ? last : found;
        }
        assertThat(last).isEqualTo(value);
    }

    @Test
    void knows_what_a_gigabyte_is() {
        assertThat(AccountConfig.ByteUnit.GIB.bytes()).isEqualTo(1_073_741_824);
        assertThat(AccountConfig.ByteUnit.GB.bytes()).isEqualTo(1_000_000_000);
    }
}
