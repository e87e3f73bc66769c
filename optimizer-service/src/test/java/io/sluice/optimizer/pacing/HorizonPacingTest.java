package io.sluice.optimizer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.optimizer.pacing.HorizonPacing.Step;
import io.sluice.optimizer.pacing.Pace.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HorizonPacingTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final double MOST = 0.54;
    private static final int DAY = 96;
    private static final HorizonPacing PACING = new HorizonPacing(PacingRule.DEFAULT, Tempo.DEFAULT, MOST);

    @Test
    void a_month_that_fits_is_left_alone() {
        Run run = run(1, 0.9, 30 * DAY, step -> 1);
        assertThat(run.changes).isZero();
        assertThat(run.last.pace().gate()).isEqualTo(Gate.FITS);
    }

    @Test
    void a_month_of_a_quarter_too_much_ends_just_within_its_budget_with_few_changes() {
        Run run = run(1, 1.25, 30 * DAY, step -> 1);
        assertThat(run.used).isBetween(0.98, 1.0);
        assertThat(run.changes).isLessThan(12);
    }

    @Test
    void a_short_burst_that_the_budget_can_take_changes_nothing() {
        Run run = run(1, 0.7, 12 * DAY, step -> step >= 5 * DAY && step < 5 * DAY + 12 ? 5 : 1);
        assertThat(run.changes).isZero();
    }

    @Test
    void a_burst_that_goes_on_is_taken_seriously_while_it_lasts() {
        Run run = run(1, 0.95, 14 * DAY, step -> step >= 12 * DAY ? 4 : 1);
        assertThat(run.last.pace().saving()).isGreaterThan(0.2);
        assertThat(run.last.state().demand().burstHours()).isBetween(40.0, 49.0);
    }

    @Test
    void rises_no_faster_than_it_may_unless_the_budget_is_about_to_end() {
        PacerState state = seeded(1, 1.5);
        Step first = PACING.decide(state, reading(DAY, 1, 0.05));
        assertThat(first.pace().gate()).isEqualTo(Gate.CHANGED);
        Step soon = PACING.decide(first.state(), reading(DAY + 1, 1, 0.30));
        assertThat(soon.pace().required()).isGreaterThan(first.pace().saving() + 0.03);
        assertThat(soon.pace().gate()).isEqualTo(Gate.DWELL);
        Step urgent = PACING.decide(first.state(), reading(DAY + 1, 1, 0.985));
        assertThat(urgent.pace().saving()).isEqualTo(MOST);
    }

    @Test
    void a_new_limit_is_followed_at_once() {
        Step first = PACING.decide(seeded(1, 1.4), reading(DAY, 1, 0.047));
        Step halved = PACING.decide(first.state(), reading(DAY + 1, 0.7, 0.047));
        assertThat(halved.pace().saving()).isGreaterThan(first.pace().saving() + 0.1);
        assertThat(halved.pace().gate()).isEqualTo(Gate.CHANGED);
    }

    @Test
    void refuses_requests_only_when_the_most_saving_will_not_do() {
        Step enough = PACING.decide(seeded(1, 1.0), reading(20 * DAY, 1, 0.7));
        assertThat(enough.state().allowed()).isEqualTo(1);
        Step over = PACING.decide(seeded(1, 1.0), reading(20 * DAY, 1, 0.99));
        assertThat(over.state().allowed()).isBetween(0.0, 0.99);
    }

    @Test
    void a_meter_that_goes_back_or_a_new_period_is_no_demand() {
        Run run = run(1, 0.9, 3 * DAY, step -> 1);
        Step back = PACING.decide(run.last.state(), reading(3 * DAY + 1, 1, 0.01));
        assertThat(back.state().demand().fast())
                .isLessThan(run.last.state().demand().fast());
        Reading next = new Reading(
                END.plus(Duration.ofHours(1)),
                1,
                0.001,
                END.plus(Duration.ofHours(1)),
                0.001,
                END,
                END.plus(Duration.ofDays(31)));
        assertThat(PACING.decide(run.last.state(), next).pace().saving()).isZero();
    }

    @Test
    void amounts_that_are_none_are_refused() {
        assertThatThrownBy(() -> reading(1, Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reading(1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reading(START, 1, 0, START, 0, END, START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 30)
    void scaling_demand_and_limit_together_changes_nothing(
            @ForAll @DoubleRange(min = 0.8, max = 1.6) double total,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double scale,
            @ForAll @IntRange(min = 1, max = 600) int steps) {
        Run one = run(1, total, steps, step -> 1 + step % 5 / 10.0);
        Run scaled = run(scale, total, steps, step -> 1 + step % 5 / 10.0);
        assertThat(scaled.last.pace().saving()).isCloseTo(one.last.pace().saving(), within(1e-9));
        assertThat(scaled.changes).isEqualTo(one.changes);
    }

    @Property(tries = 100)
    void whatever_is_told_a_saving_stays_within_what_can_be_saved_and_a_share_is_a_share(
            @ForAll @DoubleRange(min = 0, max = 5) double used,
            @ForAll @DoubleRange(min = 0, max = 5) double limit,
            @ForAll @IntRange(min = 1, max = 2879) int step) {
        Step decided = PACING.decide(seeded(1, 1.2), reading(step, limit, used));
        assertThat(decided.pace().saving()).isBetween(0.0, MOST);
        assertThat(decided.state().allowed()).isBetween(0.0, 1.0);
    }

    @Property(tries = 200)
    void more_limit_never_asks_for_more(
            @ForAll @DoubleRange(min = 0, max = 2) double used,
            @ForAll @DoubleRange(min = 0, max = 2) double limit,
            @ForAll @DoubleRange(min = 0, max = 2) double more,
            @ForAll @IntRange(min = 1, max = 2879) int step) {
        double less =
                PACING.decide(seeded(1, 1.2), reading(step, limit, used)).pace().required();
        double wider = PACING.decide(seeded(1, 1.2), reading(step, limit + more, used))
                .pace()
                .required();
        assertThat(wider).isLessThanOrEqualTo(less + 1e-9);
    }

    @Property(tries = 200)
    void a_reading_of_a_clock_that_goes_behind_is_no_demand(
            @ForAll @IntRange(min = 200, max = 2000) int step, @ForAll @IntRange(min = 0, max = 199) int behind) {
        PacerState state = PACING.decide(seeded(1, 1.2), reading(step, 1, 0.4)).state();
        Step decided = PACING.decide(state, reading(step - behind, 1, 0.5));
        assertThat(decided.pace().saving()).isBetween(0.0, MOST);
        assertThat(decided.state().demand().fast()).isEqualTo(state.demand().fast());
    }

    @Test
    void a_meter_that_counts_too_little_is_corrected_by_what_is_reported() {
        Metering metering = Metering.NONE;
        for (int step = 0; step <= 3 * DAY; step++) {
            metering = metering.with(lagging(step));
        }
        Reading last = lagging(3 * DAY);
        assertThat(metering.known()).isTrue();
        assertThat(metering.bias()).isCloseTo(1 / 0.9, within(0.001));
        assertThat(metering.used(last)).isCloseTo(0.1, within(0.001));
    }

    @Test
    void a_week_learns_its_nights() {
        Demand demand = Demand.unknown(START);
        for (int step = 1; step <= 21 * DAY; step++) {
            Instant until = START.plus(Duration.ofMinutes(15L * step));
            demand = demand.seen(until, step % DAY < 48 ? 1 : 2);
        }
        assertThat(demand.learnt()).isTrue();
        double night = demand.week().between(END, END.plus(Duration.ofHours(6)));
        double evening = demand.week().between(END.plus(Duration.ofHours(14)), END.plus(Duration.ofHours(20)));
        assertThat(evening / night).isBetween(1.3, 2.2);
    }

    /** A meter that counts 90 %, reports a day late; a tenth of the limit in three days. */
    private static Reading lagging(int step) {
        double truth = 0.1 * step / (3.0 * DAY);
        int seen = Math.max(0, step - DAY);
        return new Reading(at(step), 1, 0.1 * seen / (3.0 * DAY), at(seen), 0.9 * truth, START, END);
    }

    private static Run run(double limit, double total, int steps, IntToDoubleFunction shape) {
        PacerState state = seeded(limit, total);
        double used = 0;
        int changes = 0;
        Step step = PACING.decide(state, reading(0, limit, 0));
        for (int k = 1; k <= steps; k++) {
            double before = step.pace().saving();
            used += limit * total / (30 * DAY) * shape.applyAsDouble(k) * (1 - before);
            step = PACING.decide(step.state(), reading(k, limit, used));
            changes += step.pace().saving() == before ? 0 : 1;
        }
        return new Run(step, used, changes);
    }

    private record Run(Step last, double used, int changes) {}

    private static PacerState seeded(double limit, double total) {
        return PacerState.seeded(Demand.seeded(HourOfWeek.FLAT, limit * total / 720, START), START, limit, 0);
    }

    private static Reading reading(int step, double limit, double used) {
        return new Reading(at(step), limit, used, at(step), used, START, END);
    }

    private static Instant at(int step) {
        return START.plus(Duration.ofMinutes(15L * step));
    }
}
