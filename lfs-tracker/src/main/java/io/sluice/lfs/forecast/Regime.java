package io.sluice.lfs.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Finds where the present level began: the split of the history whose two medians fit best, after the weekday's and weekend's
 * own medians are taken off. When the two lie more than {@value #CLEAR} standard errors apart, by the larger median absolute
 * deviation, the days before it are left out.
 */
final class Regime {
    private static final double CLEAR = 4;
    private static final int SHORTEST = 4;
    private static final double NORMAL_MAD = 1.4826;
    private static final double MEDIAN_EFFICIENCY = 1.2533;

    private Regime() {}

    static List<DayAmount> latest(List<DayAmount> days, QuotaForecast.Shape shape) {
        if (shape == QuotaForecast.Shape.STORED) {
            return days;
        }
        double[] adjusted = adjusted(days);
        double closest = Double.MAX_VALUE;
        int from = 0;
        for (int split = SHORTEST; split <= adjusted.length - SHORTEST; split++) {
            double[] before = Arrays.copyOfRange(adjusted, 0, split);
            double[] after = Arrays.copyOfRange(adjusted, split, adjusted.length);
            double misfit = misfit(before) + misfit(after);
            if (misfit < closest) {
                closest = misfit;
                from = distance(before, after) > CLEAR ? split : 0;
            }
        }
        return days.subList(from, days.size());
    }

    /** Sum of the distances to the median. */
    private static double misfit(double[] values) {
        double middle = median(values);
        return Arrays.stream(values).map(value -> Math.abs(value - middle)).sum();
    }

    private static double[] adjusted(List<DayAmount> days) {
        double weekday = median(amounts(days, false));
        double weekend = median(amounts(days, true));
        return days.stream()
                .mapToDouble(day -> day.amount() - (QuotaForecast.weekend(day.day()) ? weekend : weekday))
                .toArray();
    }

    private static double[] amounts(List<DayAmount> days, boolean weekend) {
        return days.stream()
                .filter(day -> QuotaForecast.weekend(day.day()) == weekend)
                .mapToDouble(DayAmount::amount)
                .toArray();
    }

    private static double distance(double[] before, double[] after) {
        double apart = Math.abs(median(after) - median(before));
        double spread = Math.max(mad(before), mad(after)) * NORMAL_MAD * MEDIAN_EFFICIENCY;
        double error = spread * Math.sqrt(1.0 / before.length + 1.0 / after.length);
        return error > 0 ? apart / error : apart > 0 ? Double.MAX_VALUE : 0;
    }

    private static double mad(double[] values) {
        double middle = median(values);
        return median(
                Arrays.stream(values).map(value -> Math.abs(value - middle)).toArray());
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
