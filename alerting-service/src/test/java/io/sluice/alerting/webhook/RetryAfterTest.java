package io.sluice.alerting.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                             | PT7S",
                "' 7 '                         | PT7S",
                "0                             | PT0S",
                "64.57                         | PT64.57S",
                "0.0001                        | PT0.001S",
                "3601                          | PT1H",
                "999999999                     | PT1H",
                "Sat, 21 Nov 2026 12:00:30 GMT | PT30S",
                "Sat, 21 Nov 2026 11:00:00 GMT | PT0S",
                "Sun, 22 Nov 2026 12:00:00 GMT | PT1H",
                "9999999999                    |",
                "-5                            |",
                "1e9                           |",
                "soon                          |",
                "''                            |",
                "                              |",
            })
    void is_seconds_or_a_date_and_at_most_an_hour(@Nullable String header, @Nullable Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }
}
