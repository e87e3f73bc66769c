package io.sluice.optimizer.advice;

import java.util.List;

/**
 * Use of a coming month of 30 days, taken as normally distributed: the sum of as many days as those seen, so that its deviation is
 * {@code s * sqrt(30 + 30^2 / n)} for n days of deviation s: the second term is what n days do not tell of the mean. There is no
 * trend in it.
 *
 * @param mean gigabytes
 * @param deviation standard deviation, gigabytes
 * @param days it rests on
 */
record MonthForecast(double mean, double deviation, int days) {
    static final int MONTH_DAYS = 30;

    /** @param daily gigabytes of each day, at least two */
    static MonthForecast of(List<Double> daily) {
        int n = daily.size();
        double average =
                daily.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = daily.stream()
                .mapToDouble(day -> (day - average) * (day - average))
                .sum();
        double spread = Math.sqrt(squares / (n - 1));
        return new MonthForecast(
                average * MONTH_DAYS, spread * Math.sqrt(MONTH_DAYS + (double) MONTH_DAYS * MONTH_DAYS / n), n);
    }

    /** The amount that is not exceeded with this probability; 0 for 0. */
    double quantile(double probability) {
        if (probability <= 0) {
            return 0;
        }
        double low = -10;
        double high = 10;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.max(0, mean + deviation * low);
    }

    /** Mean of what goes beyond {@code amount}. */
    double expectedBeyond(double amount) {
        if (deviation == 0) {
            return Math.max(0, mean - amount);
        }
        double z = (amount - mean) / deviation;
        return deviation * density(z) + (mean - amount) * (1 - below(z));
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** Distribution function of the normal distribution, to 7.5e-8 (Abramowitz and Stegun 26.2.17). */
    private static double below(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = density(z)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }
}
