package io.sluice.optimizer.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.optimizer.advice.AdviceStore.Decision;
import io.sluice.optimizer.advice.CommitAdvice.Point;
import io.sluice.optimizer.advice.Recommendation.Confidence;
import io.sluice.optimizer.advice.Recommendation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CommitAdviceTest {
    private static final Terms NOTHING_COMMITTED = new Terms(0, 0.02, 0.04);

    @Test
    void at_half_the_price_half_of_the_months_are_committed_to() {
        CommitAdvice advice = CommitAdvice.of(NOTHING_COMMITTED, noisy(180, 100, 1));
        assertThat(advice.quantile()).isEqualTo(0.5);
        assertThat(advice.commit()).isCloseTo(advice.forecast().mean(), within(10.0));
        assertThat(advice.outcome()).isEqualTo(Outcome.CHANGE);
        assertThat(advice.confidence()).isEqualTo(Confidence.HIGH);
        assertThat(advice.backTest().months()).isEqualTo(18);
        assertThat(advice.backTest().advised()).isLessThan(advice.backTest().present());
        assertThat(advice.backTest().best())
                .isLessThanOrEqualTo(advice.backTest().advised());
    }

    @Property(tries = 100)
    void no_other_commit_is_expected_to_cost_less(
            @ForAll @DoubleRange(min = 0, max = 5000) double committed,
            @ForAll @DoubleRange(min = 0.01, max = 0.1) double commitPrice,
            @ForAll @DoubleRange(min = 0.01, max = 0.1) double overagePrice,
            @ForAll @IntRange(min = 28, max = 180) int days,
            @ForAll long seed) {
        CommitAdvice advice = CommitAdvice.of(new Terms(committed, commitPrice, overagePrice), noisy(days, 100, seed));
        double tolerance = 0.01 * advice.expectedCost(); // the commit is rounded to three digits
        for (Point point : advice.curve()) {
            assertThat(point.cost()).isGreaterThanOrEqualTo(advice.expectedCost() - tolerance);
        }
    }

    @Property(tries = 100)
    void a_cheaper_commit_is_never_smaller(
            @ForAll @DoubleRange(min = 0.01, max = 0.05) double price,
            @ForAll @DoubleRange(min = 0.01, max = 0.05) double other,
            @ForAll long seed) {
        List<Double> daily = noisy(90, 100, seed);
        double cheap = CommitAdvice.of(new Terms(0, Math.min(price, other), 0.05), daily)
                .commit();
        double dear = CommitAdvice.of(new Terms(0, Math.max(price, other), 0.05), daily)
                .commit();
        assertThat(cheap).isGreaterThanOrEqualTo(dear);
    }

    @Test
    void a_commit_that_is_no_cheaper_is_not_made() {
        CommitAdvice advice = CommitAdvice.of(new Terms(3000, 0.04, 0.04), noisy(120, 100, 2));
        assertThat(advice.commit()).isZero();
        assertThat(advice.quantile()).isZero();
    }

    @Test
    void the_best_commit_is_kept() {
        CommitAdvice advice = CommitAdvice.of(new Terms(3000, 0.02, 0.04), noisy(120, 100, 3));
        assertThat(advice.outcome()).isEqualTo(Outcome.KEEP);
        assertThat(advice.text()).contains("1 %");
    }

    @Test
    void without_a_month_to_try_it_on_nothing_is_advised() {
        CommitAdvice advice = CommitAdvice.of(NOTHING_COMMITTED, noisy(40, 100, 4));
        assertThat(advice.outcome()).isEqualTo(Outcome.KEEP);
        assertThat(advice.backTest().months()).isZero();
        assertThat(advice.confidence()).isEqualTo(Confidence.LOW);
    }

    /** Use falls by nine tenths each month: whoever commits to the past pays for nothing. */
    @Test
    void what_the_past_does_not_bear_out_is_not_advised() {
        List<Double> falling = new ArrayList<>();
        for (int day = 0; day < 150; day++) {
            falling.add(1000 * Math.pow(0.1, day / 30.0));
        }
        CommitAdvice advice = CommitAdvice.of(new Terms(0, 0.03, 0.04), falling);
        assertThat(advice.outcome()).isEqualTo(Outcome.KEEP);
    }

    @Test
    void the_forecast_widens_when_little_is_known_and_is_exact_when_nothing_varies() {
        assertThat(MonthForecast.of(noisy(30, 100, 5)).deviation())
                .isGreaterThan(MonthForecast.of(noisy(180, 100, 5)).deviation());
        MonthForecast even = MonthForecast.of(Collections.nCopies(60, 10.0));
        assertThat(even.mean()).isEqualTo(300);
        assertThat(even.deviation()).isZero();
        assertThat(even.quantile(0.9)).isEqualTo(300);
        assertThat(even.expectedBeyond(200)).isEqualTo(100);
        assertThat(even.expectedBeyond(400)).isZero();
        assertThat(new MonthForecast(100, 10, 30).quantile(0.975)).isCloseTo(119.6, within(0.01));
        assertThat(new MonthForecast(100, 10, 30).expectedBeyond(100)).isCloseTo(3.989, within(0.001));
    }

    @Test
    void days_without_any_use_cost_nothing() {
        CommitAdvice advice = CommitAdvice.of(NOTHING_COMMITTED, Collections.nCopies(90, 0.0));
        assertThat(advice.commit()).isZero();
        assertThat(advice.outcome()).isEqualTo(Outcome.KEEP);
    }

    @Test
    void what_it_came_to_is_known_when_thirty_days_are_over() {
        Instant decided = Instant.parse("2026-10-01T15:00:00Z");
        Decision decision = new Decision(true, new Terms(0, 0.02, 0.04), 200, 4, "r", "me", decided);
        List<Double> daily = Collections.nCopies(60, 10.0);
        Instant day30 = decided.plus(Duration.ofDays(30));
        assertThat(Recommendations.realised(decision, daily, day30)).isNull();
        // 300 GB at 0.04 before; 200 at 0.02 and 100 at 0.04 after.
        assertThat(Recommendations.realised(decision, daily, day30.plus(Duration.ofDays(1))))
                .isCloseTo(12 - 8, within(1e-9));
    }

    @Test
    void terms_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new Terms(Double.NaN, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, 1, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Double> noisy(int days, double mean, long seed) {
        Random random = new Random(seed);
        List<Double> daily = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            daily.add(Math.max(0, mean * (1 + 0.1 * random.nextGaussian())));
        }
        return daily;
    }
}
