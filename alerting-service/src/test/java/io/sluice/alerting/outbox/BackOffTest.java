package io.sluice.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"0, PT1S", "1, PT1S", "2, PT2S", "3, PT4S", "6, PT32S", "7, PT1M", "8, PT1M", "2147483647, PT1M"})
    void doubles_up_to_the_longest(int attempts, Duration wait) {
        assertThat(backOff.after(attempts, 0)).isEqualTo(wait);
    }

    @Test
    void chance_takes_off_up_to_a_quarter() {
        assertThat(backOff.after(1, 0.5)).isEqualTo(Duration.ofMillis(875));
        assertThat(backOff.after(9, 0.999_999)).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void is_above_zero_and_does_not_shrink() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
