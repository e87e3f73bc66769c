package io.sluice.lfs.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be said about the end of the month. */
public sealed interface Outlook {
    /** The mean of the days so far, for each day of the month. */
    double runRate();

    /** How it came about, for a person to read. */
    String basis();

    /**
     * A distribution.
     *
     * @param totals the drawn months, ascending
     * @param exhaustsAt when half of them have reached the limit; absent when they do not
     * @param days complete days it was drawn from
     * @param since the first of them: where the present level began
     */
    record Projected(List<Double> totals, @Nullable Instant exhaustsAt, double runRate, int days, LocalDate since)
            implements Outlook {

        /** The amount that a share of the drawn months stays at or below. */
        public double quantile(double share) {
            return totals.get((int) Math.round(share * (totals.size() - 1)));
        }

        /** 0-1: the share of the drawn months that pass the limit. */
        public double exceedProbability(double limit) {
            return (double) totals.stream().filter(total -> total > limit).count() / totals.size();
        }

        @Override
        public String basis() {
            return "drawn " + totals.size() + " times from " + days + " complete days since " + since;
        }
    }

    /**
     * Fewer than three complete days.
     *
     * @param days how many there are
     */
    record Insufficient(double runRate, int days) implements Outlook {
        @Override
        public String basis() {
            return "insufficient: " + days + " complete days, " + QuotaForecast.FEWEST_DAYS + " are needed; run rate "
                    + Math.round(runRate * 1000) / 1000.0;
        }
    }
}
