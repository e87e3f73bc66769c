package io.sluice.lfs.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.forecast.QuotaForecast.Shape;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class QuotaForecastTest {
    private static final BillingPeriod NOVEMBER = new BillingPeriod(YearMonth.of(2026, 11));
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 16);

    @Test
    void projects_a_steady_use_to_the_end_of_the_month() {
        Outlook.Projected outlook = projected(history(day -> 5.0), 200.0);

        assertThat(outlook.quantile(0.5)).isCloseTo(150, within(0.001));
        assertThat(outlook.exceedProbability(200)).isZero();
        assertThat(outlook.exceedProbability(149)).isEqualTo(1);
        assertThat(outlook.exhaustsAt()).isNull();
    }

    @Test
    void says_when_the_limit_is_reached() {
        Outlook.Projected outlook = projected(history(day -> 10.0), 205.0);

        assertThat(outlook.exhaustsAt()).isEqualTo(Instant.parse("2026-11-21T12:00:00Z"));
    }

    @Test
    void says_when_the_limit_was_reached_already() {
        Outlook.Projected outlook = projected(history(day -> 10.0), 55.0);

        assertThat(outlook.exhaustsAt()).isEqualTo(Instant.parse("2026-11-06T12:00:00Z"));
        assertThat(outlook.exceedProbability(55)).isEqualTo(1);
    }

    @Test
    void knows_weekends_from_weekdays() {
        Outlook.Projected outlook = projected(history(day -> QuotaForecast.weekend(day) ? 1.0 : 10.0), null);

        // November 2026 has 21 weekdays and 9 days of weekends.
        assertThat(outlook.quantile(0.5)).isCloseTo(219, within(12.0));
    }

    @Test
    void leaves_out_what_was_before_the_level_changed() {
        SplittableRandom noise = new SplittableRandom(3);
        LocalDate change = LocalDate.of(2026, 11, 6);

        Outlook.Projected outlook =
                projected(history(day -> (day.isBefore(change) ? 2 : 12) + noise.nextDouble()), null);

        assertThat(outlook.since()).isEqualTo(change);
        assertThat(outlook.quantile(0.5)).isCloseTo(5 * 2.5 + 25 * 12.5, within(10.0));
    }

    @Test
    void widens_the_band_of_a_short_history() {
        SplittableRandom noise = new SplittableRandom(5);
        List<DayAmount> days = history(day -> noise.nextDouble() * 10);

        Outlook.Projected all = projected(days, null);
        Outlook.Projected few = projected(days.subList(days.size() - 8, days.size()), null);

        assertThat(spread(few)).isGreaterThan(spread(all));
        assertThat(all.quantile(0.1)).isLessThan(all.quantile(0.5));
        assertThat(all.quantile(0.5)).isLessThan(all.quantile(0.9));
    }

    @Test
    void is_the_same_for_the_same_seed() {
        SplittableRandom noise = new SplittableRandom(5);
        List<DayAmount> days = history(day -> noise.nextDouble() * 10);

        assertThat(QuotaForecast.project(days, Shape.FLOW, 100.0, NOVEMBER, 42))
                .isEqualTo(QuotaForecast.project(days, Shape.FLOW, 100.0, NOVEMBER, 42))
                .isNotEqualTo(QuotaForecast.project(days, Shape.FLOW, 100.0, NOVEMBER, 43));
    }

    @Test
    void is_never_below_what_was_used_already() {
        List<DayAmount> days = new ArrayList<>(history(day -> 1.0));
        days.add(new DayAmount(TODAY, 500, false));

        Outlook.Projected outlook = projected(days, null);

        assertThat(outlook.quantile(0.1)).isGreaterThanOrEqualTo(515);
    }

    @Test
    void says_that_two_complete_days_are_not_enough() {
        List<DayAmount> days = history(day -> 4.0);

        Outlook outlook =
                QuotaForecast.project(days.subList(days.size() - 2, days.size()), Shape.FLOW, 100.0, NOVEMBER, 1);

        assertThat(outlook).isInstanceOf(Outlook.Insufficient.class);
        assertThat(outlook.basis()).contains("insufficient: 2 complete days");
        assertThat(QuotaForecast.project(List.of(), Shape.FLOW, null, NOVEMBER, 1)
                        .runRate())
                .isZero();
    }

    @Test
    void goes_on_storing_what_is_stored() {
        List<DayAmount> days = history(day -> 2400.0 + 24 * day.toEpochDay() - 24 * TODAY.toEpochDay());

        Outlook.Projected outlook = (Outlook.Projected) QuotaForecast.project(days, Shape.STORED, null, NOVEMBER, 1);

        double expected = 0;
        for (int i = 1; i <= 30; i++) {
            expected += 2400 + 24 * (i - TODAY.getDayOfMonth());
        }
        assertThat(outlook.quantile(0.1)).isCloseTo(expected, within(0.001));
        assertThat(outlook.quantile(0.9)).isCloseTo(expected, within(0.001));
    }

    @Test
    void covers_what_comes_about_as_often_as_it_says() {
        int covered = 0;
        int months = 200;
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < months; i++) {
            List<DayAmount> days = history(day -> -Math.log(random.nextDouble()) + 2);
            double actual = days.stream()
                    .filter(day -> !day.day().isBefore(NOVEMBER.firstDay()))
                    .mapToDouble(DayAmount::amount)
                    .sum();
            for (int rest = 0; rest < 15; rest++) {
                actual += -Math.log(random.nextDouble()) + 2;
            }
            Outlook.Projected outlook = (Outlook.Projected) QuotaForecast.project(days, Shape.FLOW, null, NOVEMBER, i);
            covered += outlook.quantile(0.1) <= actual && actual <= outlook.quantile(0.9) ? 1 : 0;
        }
        assertThat(covered / (double) months).isBetween(0.70, 0.92);
    }

    private static double spread(Outlook.Projected outlook) {
        return outlook.quantile(0.9) - outlook.quantile(0.1);
    }

    private static Outlook.Projected projected(List<DayAmount> days, @org.jspecify.annotations.Nullable Double limit) {
        return (Outlook.Projected) QuotaForecast.project(days, Shape.FLOW, limit, NOVEMBER, 7);
    }

    /** 28 complete days up to yesterday. */
    private static List<DayAmount> history(ToDoubleFunction<LocalDate> amount) {
        return TODAY.minusDays(28)
                .datesUntil(TODAY)
                .map(day -> new DayAmount(day, amount.applyAsDouble(day), true))
                .toList();
    }
}
