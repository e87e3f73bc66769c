package io.sluice.optimizer.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.optimizer.levels.Ladder;
import io.sluice.optimizer.replays.Steering.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Ladder LADDER = new Ladder(List.of(0.17, 0.30, 0.41, 0.54));

    @Test
    void a_constant_saving_costs_its_level_of_quality_and_one_rerender() {
        Outcome outcome = run(1000, false, reading -> new Order(0.17, 1));
        assertThat(outcome.used()).isCloseTo(83, within(0.01));
        assertThat(outcome.lost()).isCloseTo(5, within(0.01));
        assertThat(outcome.rerenders()).isCloseTo(1, within(1e-9));
        assertThat(outcome.changes()).isEqualTo(1);
        assertThat(outcome.hours().get(1)).isCloseTo(100, within(1e-9));
    }

    @Test
    void what_is_wanted_beyond_a_hard_limit_fails() {
        Outcome outcome = run(60, true, reading -> Order.NOTHING);
        assertThat(outcome.used()).isEqualTo(60);
        assertThat(outcome.failed()).isCloseTo(0.4, within(1e-9));
        assertThat(outcome.ranOut()).isTrue();
        assertThat(outcome.darkHours()).isCloseTo(40, within(1e-9));
        assertThat(run(60, false, reading -> Order.NOTHING).failed()).isZero();
    }

    @Test
    void what_is_refused_counts_as_failed_but_does_not_run_dry() {
        Outcome outcome = run(60, true, reading -> new Order(0, 0.5));
        assertThat(outcome.failed()).isCloseTo(0.5, within(1e-9));
        assertThat(outcome.ranOut()).isFalse();
    }

    @Test
    void reports_come_late_and_the_meter_at_once() {
        run(1000, false, reading -> {
            Duration age = Duration.between(reading.reportedAt(), reading.at());
            assertThat(age).isLessThanOrEqualTo(Duration.ofHours(2));
            assertThat(reading.metered()).isGreaterThanOrEqualTo(reading.reported() - 1e-9);
            return Order.NOTHING;
        });
    }

    private static Outcome run(double limit, boolean hardStop, Steering steering) {
        Plant plant = new Plant(
                LADDER, List.of(5.0, 9.5, 15.0, 25.0), 1, Duration.ofNanos(1), Duration.ofHours(2), 1, hardStop);
        double[] demand = new double[100];
        Arrays.fill(demand, 1);
        return new Replay(plant, limit, Instant.parse("2026-11-01T00:00:00Z"), Duration.ofHours(1))
                .run(demand, steering);
    }
}
