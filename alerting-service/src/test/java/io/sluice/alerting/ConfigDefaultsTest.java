package io.sluice.alerting;

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
@QuarkusTestResource(SinkResource.class)
class ConfigDefaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sluice.alerting.route.receiver | default",
                "sluice.alerting.route.group-by | alertname,service",
                "sluice.alerting.route.group-wait | PT30S",
                "sluice.alerting.route.group-interval | PT5M",
                "sluice.alerting.route.repeat-interval | PT4H",
                "sluice.alerting.route.resolve-timeout | PT5M",
                "sluice.alerting.route.poll | PT1S",
                "sluice.alerting.route.external-url | http://localhost:8083",
                "sluice.alerting.intake.networks | 127.0.0.0/8,::1/128",
                "sluice.alerting.intake.most-waiting | 20000",
                "sluice.alerting.intake.utf8-names | false",
                "sluice.alerting.outbox.poll | PT1S",
                "sluice.alerting.outbox.lease | PT30S",
                "sluice.alerting.outbox.in-flight | 16",
                "sluice.alerting.outbox.first-retry | PT1S",
                "sluice.alerting.outbox.longest-retry | PT1M",
                "sluice.alerting.outbox.give-up-after | PT24H",
                "sluice.alerting.outbox.retention | P30D",
                "sluice.alerting.webhook.timeout | PT10S",
                "sluice.alerting.email.from | sluice@localhost",
                "sluice.alerting.compat.version | 0.25.0",
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
