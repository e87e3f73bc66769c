package io.sluice.metrics.budgets;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Carries the run rate of the recent past on to the end of a period. The spread is that of a sum of as many buckets as remain,
 * each drawn from the recent ones (a bootstrap, in its normal limit), widened by the uncertainty of the mean itself:
 * sd = s * sqrt(r + r^2/n) for n buckets seen and r that remain. With fewer than {@value #FEW} buckets s is taken to be as large
 * as the mean. There is no weekly pattern in it.
 *
 * @param ratePerSecond recent mean, in units per second
 * @param mean what will be used from now to the end
 * @param deviation standard deviation of that
 * @param buckets how many it rests on
 */
record CostForecast(double ratePerSecond, double mean, double deviation, int buckets) {
    private static final int FEW = 3;
    private static final double Z90 = 1.2815515655446004;

    /**
     * @param recent what each bucket used, without gaps; the last may be under way
     * @param bucket length of a bucket
     * @param since start of the first bucket
     */
    static CostForecast of(List<Double> recent, Duration bucket, Instant since, Instant now, Instant periodEnd) {
        double observed =
                Math.max(bucket.toSeconds(), Duration.between(since, now).toSeconds());
        double total = recent.stream().mapToDouble(Double::doubleValue).sum();
        double rate = total / observed;
        double mean = rate * bucket.toSeconds();
        double n = Math.max(1, observed / bucket.toSeconds());
        double spread = recent.size() < FEW ? mean : deviation(recent);
        double remaining = (double) Math.max(0, Duration.between(now, periodEnd).toSeconds()) / bucket.toSeconds();
        return new CostForecast(
                rate, mean * remaining, spread * Math.sqrt(remaining + remaining * remaining / n), recent.size());
    }

    /** What will be used from now to the end with probability 0.1, 0.5 and 0.9; never less than nothing. */
    double[] quantiles() {
        return new double[] {Math.max(0, mean - Z90 * deviation), mean, mean + Z90 * deviation};
    }

    /** Probability, 0-1, that more than this is used from now to the end. */
    double exceeds(double left) {
        if (left < 0) {
            return 1;
        }
        if (deviation == 0) {
            return mean > left ? 1 : 0;
        }
        return 1 - normal((left - mean) / deviation);
    }

    private static double deviation(List<Double> recent) {
        double average =
                recent.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares = recent.stream()
                .mapToDouble(value -> (value - average) * (value - average))
                .sum();
        return Math.sqrt(squares / (recent.size() - 1));
    }

    /** Distribution function of the normal distribution, to 7.5e-8 (Abramowitz and Stegun 26.2.17). */
    private static double normal(double x) {
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * poly;
        return x >= 0 ? 1 - tail : tail;
    }
}
