package io.sluice.lfs.forecast;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws each open day from complete days of its kind, recent ones more often (half-life 14 days), and varies their level. */
final class FlowDraws implements DayDraws {
    private static final double HALF_LIFE_DAYS = 14;
    private static final int FEWEST_OF_A_KIND = 3;

    private final Sample all;
    private final Sample[] byOpenDay;

    FlowDraws(List<DayAmount> days, List<LocalDate> open) {
        LocalDate last = days.getLast().day();
        this.all = Sample.of(days, last);
        Sample weekdays = kind(days, false, last);
        Sample weekends = kind(days, true, last);
        this.byOpenDay = open.stream()
                .map(day -> QuotaForecast.weekend(day) ? weekends : weekdays)
                .toArray(Sample[]::new);
    }

    @Override
    public double[] next(RandomGenerator random) {
        double level = all.level(random);
        double[] path = new double[byOpenDay.length];
        for (int i = 0; i < path.length; i++) {
            path[i] = level * byOpenDay[i].draw(random);
        }
        return path;
    }

    private Sample kind(List<DayAmount> days, boolean weekend, LocalDate last) {
        List<DayAmount> ofKind = days.stream()
                .filter(day -> QuotaForecast.weekend(day.day()) == weekend)
                .toList();
        return ofKind.size() < FEWEST_OF_A_KIND ? all : Sample.of(ofKind, last);
    }

    /** Amounts with weights. */
    private static final class Sample {
        private final double[] amounts;
        private final double[] weights;
        private final double[] cumulated;
        private final double mean;

        private Sample(double[] amounts, double[] weights) {
            this.amounts = amounts;
            this.weights = weights;
            this.cumulated = weights.clone();
            double sum = 0;
            for (int i = 0; i < amounts.length; i++) {
                sum += amounts[i] * weights[i];
                cumulated[i] += i == 0 ? 0 : cumulated[i - 1];
            }
            this.mean = sum / cumulated[cumulated.length - 1];
        }

        static Sample of(List<DayAmount> days, LocalDate last) {
            return new Sample(
                    days.stream().mapToDouble(DayAmount::amount).toArray(),
                    days.stream()
                            .mapToDouble(
                                    day -> Math.pow(0.5, ChronoUnit.DAYS.between(day.day(), last) / HALF_LIFE_DAYS))
                            .toArray());
        }

        double draw(RandomGenerator random) {
            double at = random.nextDouble() * cumulated[cumulated.length - 1];
            int i = 0;
            while (i < cumulated.length - 1 && cumulated[i] <= at) {
                i++;
            }
            return amounts[i];
        }

        /** Mean under random weights, in relation to the mean: exponential weights are a Dirichlet distribution. */
        double level(RandomGenerator random) {
            double sum = 0;
            double all = 0;
            for (int i = 0; i < amounts.length; i++) {
                double weight = weights[i] * random.nextExponential();
                sum += weight * amounts[i];
                all += weight;
            }
            return mean == 0 || all == 0 ? 1 : sum / all / mean;
        }
    }
}
