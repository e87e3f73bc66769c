package io.sluice.optimizer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.optimizer.pacing.Pace.Gate;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetPacingTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-16T00:00:00Z");
    private static final double MOST = 0.54;
    private static final PacingRule RULE = new PacingRule(0.02, 0.03, 0.01, 0.02, Duration.ofHours(6));

    @Property
    void more_used_never_asks_for_less(
            @ForAll @DoubleRange(min = 0, max = 200) double used,
            @ForAll @DoubleRange(min = 0, max = 50) double more,
            @ForAll @DoubleRange(min = 0, max = 100) double remaining) {
        assertThat(required(100, used + more, used + more + remaining))
                .isGreaterThanOrEqualTo(required(100, used, used + remaining) - 1e-12);
    }

    @Property
    void more_limit_never_asks_for_more(
            @ForAll @DoubleRange(min = 0, max = 200) double limit,
            @ForAll @DoubleRange(min = 0, max = 50) double more,
            @ForAll @DoubleRange(min = 0, max = 300) double projected) {
        assertThat(required(limit + more, 60, Math.max(60, projected)))
                .isLessThanOrEqualTo(required(limit, 60, Math.max(60, projected)) + 1e-12);
    }

    @Property
    void asks_for_nothing_when_the_forecast_fits_with_its_margin(
            @ForAll @DoubleRange(min = 0, max = 90) double used, @ForAll @DoubleRange(min = 0, max = 1) double share) {
        double remaining = (100 - used) / (1 + RULE.kappa()) * share * 0.999;
        assertThat(required(100, used, used + remaining)).isZero();
    }

    @Property
    void does_not_depend_on_the_unit(
            @ForAll @DoubleRange(min = 0, max = 150) double used,
            @ForAll @DoubleRange(min = 0, max = 150) double remaining,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double scale) {
        assertThat(required(100 * scale, used * scale, (used + remaining) * scale))
                .isCloseTo(required(100, used, used + remaining), within(1e-6));
    }

    @Property
    void stays_within_what_can_be_saved(
            @ForAll @DoubleRange(min = 0, max = 1e9) double limit,
            @ForAll @DoubleRange(min = 0, max = 1e9) double used,
            @ForAll @DoubleRange(min = 0, max = 1e9) double projected,
            @ForAll @DoubleRange(min = 0, max = 0.54) double inForce) {
        Pace pace = decide(usage(limit, used, projected), new Pace(inForce, inForce, inForce, Gate.CHANGED), NOW);
        assertThat(pace.saving()).isBetween(0.0, MOST);
        assertThat(pace.required()).isBetween(0.0, MOST);
    }

    @Test
    void a_projection_of_112_percent_asks_for_what_is_missing_and_the_margin() {
        Pace pace = decide(usage(100.0, 71, 112.0), Pace.NONE, NOW);
        assertThat(pace.saving()).isCloseTo(1.02 - 29.0 / 41.0, within(1e-9));
        assertThat(pace.gate()).isEqualTo(Gate.CHANGED);
    }

    @Test
    void begins_at_three_percent_and_ends_below_one() {
        assertThat(decide(asking(0.029), Pace.NONE, NOW).gate()).isEqualTo(Gate.DEADBAND);
        assertThat(decide(asking(0.031), Pace.NONE, NOW).saving()).isPositive();
        assertThat(decide(asking(0.012), inForce(0.03), NOW).gate()).isEqualTo(Gate.HYSTERESIS);
        assertThat(decide(asking(0.009), inForce(0.03), NOW).gate()).isEqualTo(Gate.RELEASED);
    }

    @Test
    void changes_by_two_percent_or_not_at_all() {
        assertThat(decide(asking(0.219), inForce(0.20), NOW).saving()).isEqualTo(0.20);
        assertThat(decide(asking(0.221), inForce(0.20), NOW).saving()).isCloseTo(0.221, within(1e-9));
    }

    @Test
    void holds_what_is_in_force_when_the_signal_is_stale_or_missing() {
        Pace stale = decide(usage(100.0, 0, 0.0), inForce(0.3), NOW.plus(Duration.ofHours(7)));
        assertThat(stale.saving()).isEqualTo(0.3);
        assertThat(stale.gate()).isEqualTo(Gate.STALE);
        assertThat(BudgetPacing.hold(inForce(0.3)).saving()).isEqualTo(0.3);
        assertThat(BudgetPacing.hold(inForce(0.3)).gate()).isEqualTo(Gate.MISSING);
    }

    @Test
    void does_nothing_without_a_limit_and_all_it_can_with_none_left() {
        assertThat(decide(usage(null, 80, 200.0), inForce(0.3), NOW).saving()).isZero();
        assertThat(decide(usage(0.0, 5, 10.0), Pace.NONE, NOW).saving()).isEqualTo(MOST);
        assertThat(decide(usage(100.0, 162, 300.0), Pace.NONE, NOW).saving()).isEqualTo(MOST);
        assertThat(decide(usage(100.0, 99, 200.0), inForce(0.3), END).gate()).isEqualTo(Gate.OVER);
    }

    @Test
    void a_month_of_a_third_too_much_ends_within_its_budget_and_without_flapping() {
        double daily = 130.0 / 30;
        double used = 0;
        int changes = 0;
        double[] metered = new double[30 * 24];
        Pace pace = Pace.NONE;
        for (int hour = 0; hour < metered.length; hour++) {
            Instant now = START.plus(Duration.ofHours(hour + 1L));
            metered[hour] = daily / 24 * (1 - pace.saving());
            used += metered[hour];
            double week = 0;
            int from = Math.max(0, hour - 7 * 24 + 1);
            for (int i = from; i <= hour; i++) {
                week += metered[i];
            }
            double projected = used + week / (hour - from + 1) * (metered.length - hour - 1);
            Usage usage = new Usage(100.0, used, now, projected, START, END);
            Pace next = BudgetPacing.decide(usage, pace, Duration.ofHours(1), RULE, MOST, now);
            changes += next.saving() == pace.saving() ? 0 : 1;
            pace = next;
        }
        assertThat(used).isBetween(95.0, 100.5);
        assertThat(changes).isLessThan(20);
    }

    @Test
    void errors_enter_high_and_leave_low_and_say_nothing_in_small_numbers() {
        FaultRule rule = FaultRule.DEFAULT;
        assertThat(rule.raised(false, 1000, 0.04)).isFalse();
        assertThat(rule.raised(false, 1000, 0.05)).isTrue();
        assertThat(rule.raised(true, 1000, 0.02)).isTrue();
        assertThat(rule.raised(true, 1000, 0.009)).isFalse();
        assertThat(rule.raised(false, 10, 1)).isFalse();
        assertThat(rule.raised(true, 10, 0)).isTrue();
        assertThat(rule.raised(true, 1000, Double.NaN)).isTrue();
    }

    private static double required(double limit, double used, double projected) {
        return decide(usage(limit, used, projected), Pace.NONE, NOW).required();
    }

    private static Pace decide(Usage usage, Pace before, Instant now) {
        return BudgetPacing.decide(usage, before, Duration.ZERO, RULE, MOST, now);
    }

    private static Pace inForce(double saving) {
        return new Pace(saving, saving, 0, Gate.CHANGED);
    }

    /** A budget that needs exactly this saving. */
    private static Usage asking(double saving) {
        return usage(100.0, 50, 50 + 50 / (1 + RULE.kappa() - saving));
    }

    private static Usage usage(@Nullable Double limit, double used, @Nullable Double projected) {
        return new Usage(limit, used, NOW, projected, START, END);
    }
}
