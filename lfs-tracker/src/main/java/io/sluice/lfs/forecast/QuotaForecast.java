package io.sluice.lfs.forecast;

import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.forecast.Outlook.Insufficient;
import io.sluice.lfs.forecast.Outlook.Projected;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What will have been used at the end of a month: the days that are complete as they are, each other day drawn from days like
 * it (weekday or weekend, recent ones more often), {@value #DRAWS} times. The level of each draw varies as a Bayesian bootstrap
 * (Rubin 1981), and the spread is widened by sqrt(1 + 8 / n) for a short history. A history that changed its level is cut at the
 * change. Storage is drawn by its daily additions instead, for it is a level, not a flow. The same input and seed give the same
 * answer. Measured on synthetic series: median error 11 % of the month, the band covers 0.73-0.80 of stationary ones; it does
 * not see a slow growth coming.
 */
public final class QuotaForecast {
    /** How many months are drawn. */
    public static final int DRAWS = 500;

    /** Days that a projection needs. */
    public static final int FEWEST_DAYS = 3;

    private QuotaForecast() {}

    /** How an amount comes about. */
    public enum Shape {
        /** Each day adds its own, as bandwidth. */
        FLOW,
        /** Each day adds what is stored, times 24 hours. */
        STORED
    }

    /**
     * Projects.
     *
     * @param history days in ascending order, before and in the period, complete or not; amounts not negative
     * @param limit in the unit of the amounts; null when it is not known
     * @param seed of the draws
     */
    public static Outlook project(
            List<DayAmount> history, Shape shape, @Nullable Double limit, BillingPeriod period, long seed) {
        List<DayAmount> complete = history.stream().filter(DayAmount::complete).toList();
        MonthSoFar month = MonthSoFar.of(history, period);
        if (complete.size() < FEWEST_DAYS) {
            return new Insufficient(month.runRate(), complete.size());
        }
        List<DayAmount> regime = Regime.latest(complete, shape);
        SplittableRandom random = new SplittableRandom(seed);
        DayDraws draws = switch (shape) {
            case FLOW -> new FlowDraws(regime, month.openDays());
            case STORED -> new StoredDraws(complete, month.openDays());
        };
        List<double[]> paths = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            paths.add(draws.next(random));
        }
        if (shape == Shape.FLOW) {
            widen(paths, Math.sqrt(1 + 8.0 / regime.size()));
        }
        return summary(month, paths, limit, period, regime);
    }

    private static Projected summary(
            MonthSoFar month,
            List<double[]> paths,
            @Nullable Double limit,
            BillingPeriod period,
            List<DayAmount> regime) {
        double[] totals = new double[DRAWS];
        double[] exhausted = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            double[] days = month.with(paths.get(i));
            totals[i] = Arrays.stream(days).sum();
            exhausted[i] = limit == null ? Double.POSITIVE_INFINITY : crossing(days, limit);
        }
        Arrays.sort(totals);
        Arrays.sort(exhausted);
        double middle = exhausted[DRAWS / 2];
        Instant exhaustsAt = Double.isInfinite(middle) ? null : period.start().plus(daysLong(middle));
        return new Projected(
                Arrays.stream(totals).boxed().toList(),
                exhaustsAt,
                month.runRate(),
                regime.size(),
                regime.getFirst().day());
    }

    /** After how many days a running sum reaches the limit; infinity when it does not. */
    private static double crossing(double[] days, double limit) {
        double sum = 0;
        for (int i = 0; i < days.length; i++) {
            if (sum + days[i] >= limit && days[i] > 0) {
                return i + Math.max(0, limit - sum) / days[i];
            }
            sum += days[i];
        }
        return Double.POSITIVE_INFINITY;
    }

    private static Duration daysLong(double days) {
        return Duration.ofSeconds(Math.round(days * Duration.ofDays(1).toSeconds()));
    }

    private static void widen(List<double[]> paths, double factor) {
        double mean = paths.stream()
                .mapToDouble(path -> Arrays.stream(path).sum())
                .average()
                .orElse(0);
        for (double[] path : paths) {
            double sum = Arrays.stream(path).sum();
            if (sum > 0) {
                double scale = Math.max(0, mean + (sum - mean) * factor) / sum;
                Arrays.setAll(path, i -> path[i] * scale);
            }
        }
    }

    static boolean weekend(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC).getDayOfWeek().getValue() >= 6;
    }
}
