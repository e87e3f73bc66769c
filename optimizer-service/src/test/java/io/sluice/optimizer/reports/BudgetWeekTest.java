package io.sluice.optimizer.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.optimizer.policies.Axis;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class BudgetWeekTest {
    /** A Saturday. */
    private static final Instant TO = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void adds_up_the_week_and_the_one_before() {
        BudgetWeek week = BudgetWeek.of(rows(28 * 24, hour -> hour < 21 * 24 ? 1 : 2, 0), TO);
        assertThat(week.used()).isEqualByComparingTo("336");
        assertThat(week.usedTheWeekBefore()).isEqualByComparingTo("168");
        assertThat(week.hours()).isEqualTo(168);
        assertThat(week.meanSaving()).isZero();
    }

    @Test
    void demand_without_savings_is_what_savings_left_over_brought_back() {
        BudgetWeek week = BudgetWeek.of(rows(200, hour -> 1, 0.2), TO);
        assertThat(week.withoutSavings()).isEqualByComparingTo("210");
        assertThat(week.meanSaving()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void knows_the_busiest_hour_of_the_week() {
        long monday14 = 2 * 24 + 14; // the first row is a Saturday's
        BudgetWeek week = BudgetWeek.of(rows(28 * 24, hour -> hour % 168 == monday14 ? 5 : 1, 0), TO);
        BudgetWeek.Busiest busiest = Objects.requireNonNull(week.busiest());
        assertThat(busiest.day()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(busiest.hour()).isEqualTo(14);
        assertThat(busiest.share()).isCloseTo(5.0 / 172, within(0.001));
    }

    @Test
    void a_pattern_needs_two_weeks_and_one_row_tells_nothing() {
        assertThat(BudgetWeek.of(rows(300, hour -> 1, 0), TO).busiest()).isNull();
        BudgetWeek one = BudgetWeek.of(rows(1, hour -> 1, 0), TO);
        assertThat(one.used()).isZero();
        assertThat(one.usedTheWeekBefore()).isNull();
    }

    @Test
    void a_new_period_begins_at_nothing_and_a_meter_that_goes_back_counts_nothing() {
        MeteredHour before = row(0, 100, TO.minus(Duration.ofDays(30)));
        assertThat(row(1, 5, TO).since(before)).isEqualTo(5);
        assertThat(row(1, 90, TO.minus(Duration.ofDays(30))).since(before)).isZero();
    }

    @Test
    void an_id_cannot_break_the_table() {
        MeteredHour evil = new MeteredHour("a|b\n# c", Axis.egress, "GB", TO.minusSeconds(3600), 1, 0, TO);
        String text = new WeeklyReport(TO, TO, BudgetWeek.all(List.of(evil), TO), Map.of(), List.of(), List.of("so"))
                .markdown();
        assertThat(text).contains("| a b # c | 0 GB |").contains("\nso\n").doesNotContain("\n# c");
    }

    /** Rows that end an hour before {@link #TO}. */
    private static List<MeteredHour> rows(int count, LongToDoubleFunction amount, double saving) {
        List<MeteredHour> rows = new ArrayList<>();
        double used = 0;
        for (int i = 0; i < count; i++) {
            used += amount.applyAsDouble(i);
            rows.add(new MeteredHour(
                    "lfs", Axis.origin, "GB", TO.minus(Duration.ofHours(count - i)), used, saving, Instant.EPOCH));
        }
        return rows;
    }

    private static MeteredHour row(int hour, double used, Instant periodStart) {
        return new MeteredHour("lfs", Axis.origin, "GB", TO.plus(Duration.ofHours(hour)), used, 0, periodStart);
    }
}
