package io.sluice.optimizer.advice;

import io.sluice.optimizer.advice.Recommendation.Confidence;
import io.sluice.optimizer.advice.Recommendation.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How much to commit to a CDN each month. The cost {@code p_c * c + p_o * E[(x - c)+]} of a commit c is least where the month's use x
 * stays below c with probability {@code 1 - p_c / p_o} (the newsvendor). Pure. Before a change is advised, the same rule is tried on
 * the past: from each week on, advised from the days before and billed for the 30 days behind.
 *
 * @param outcome what to do
 * @param text why, for a person
 * @param forecast of a month
 * @param quantile that is committed to, 0-1
 * @param commit gigabytes a month that cost least; rounded to three digits
 * @param expectedCost of a month with it
 * @param presentCost of a month with the commit in force
 * @param curve expected cost by commit
 * @param backTest what the rule would have come to
 */
record CommitAdvice(
        Outcome outcome,
        String text,
        MonthForecast forecast,
        double quantile,
        double commit,
        double expectedCost,
        double presentCost,
        List<Point> curve,
        BackTest backTest) {
    static final int FEWEST_DAYS = 28;
    private static final int BACK_TEST_EVERY = 7;
    private static final double WORTH_IT = 0.01;
    private static final int POINTS = 8;
    private static final MathContext THREE_DIGITS = new MathContext(3);

    /** Expected cost of a month with this commit. */
    record Point(double commit, double cost) {}

    /**
     * What months of the past would have cost.
     *
     * @param months that were tried, each of 30 days; they overlap
     * @param advised mean bill with what would have been advised before each
     * @param present mean bill with the commit in force
     * @param best mean bill with the one commit that is best in hindsight for each month
     */
    record BackTest(int months, double advised, double present, double best) {}

    /** @param daily gigabytes of each day up to yesterday, at least {@value #FEWEST_DAYS} */
    static CommitAdvice of(Terms terms, List<Double> daily) {
        MonthForecast forecast = MonthForecast.of(daily);
        double commit = commit(terms, forecast);
        double cost = cost(terms, forecast, commit);
        double present = cost(terms, forecast, terms.committed());
        BackTest backTest = backTest(terms, daily);
        boolean worth = present - cost > WORTH_IT * present;
        boolean borneOut = backTest.months() > 0 && backTest.advised() < backTest.present();
        String text = !worth
                ? "no commit would cost 1 % less than the present one"
                : backTest.months() == 0
                        ? "there is no whole month to try it on yet"
                        : borneOut
                                ? "it would have cost less in the past, too"
                                : "in the past it would not have cost less: not advised";
        return new CommitAdvice(
                worth && borneOut ? Outcome.CHANGE : Outcome.KEEP,
                text,
                forecast,
                terms.bestQuantile(),
                commit,
                cost,
                present,
                curve(terms, forecast, commit),
                backTest);
    }

    Confidence confidence() {
        return forecast.days() < 2 * MonthForecast.MONTH_DAYS
                ? Confidence.LOW
                : forecast.days() < 4 * MonthForecast.MONTH_DAYS ? Confidence.MEDIUM : Confidence.HIGH;
    }

    private static double commit(Terms terms, MonthForecast forecast) {
        double exact = forecast.quantile(terms.bestQuantile());
        return BigDecimal.valueOf(exact).round(THREE_DIGITS).doubleValue();
    }

    private static double cost(Terms terms, MonthForecast forecast, double commit) {
        return terms.commitPrice() * commit + terms.overagePrice() * forecast.expectedBeyond(commit);
    }

    private static List<Point> curve(Terms terms, MonthForecast forecast, double commit) {
        TreeSet<Double> commits = new TreeSet<>(List.of(0.0, commit, terms.committed()));
        double most = Math.max(commit, Math.max(terms.committed(), forecast.mean() + 2 * forecast.deviation()));
        for (int i = 1; i <= POINTS; i++) {
            commits.add(most * i / POINTS);
        }
        return commits.stream()
                .map(each -> new Point(each, cost(terms, forecast, each)))
                .toList();
    }

    private static BackTest backTest(Terms terms, List<Double> daily) {
        List<Double> advised = new ArrayList<>();
        List<Double> present = new ArrayList<>();
        List<Double> best = new ArrayList<>();
        for (int day = FEWEST_DAYS; day + MonthForecast.MONTH_DAYS <= daily.size(); day += BACK_TEST_EVERY) {
            double used = daily.subList(day, day + MonthForecast.MONTH_DAYS).stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            advised.add(terms.bill(commit(terms, MonthForecast.of(daily.subList(0, day))), used));
            present.add(terms.bill(terms.committed(), used));
            best.add(terms.bill(terms.bestQuantile() > 0 ? used : 0, used));
        }
        return new BackTest(advised.size(), mean(advised), mean(present), mean(best));
    }

    private static double mean(List<Double> bills) {
        return bills.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
