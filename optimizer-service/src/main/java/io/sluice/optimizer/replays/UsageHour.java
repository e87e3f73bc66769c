package io.sluice.optimizer.replays;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a budget said in one hour.
 *
 * @param limit of the period; null when there was none
 * @param used since the period began, at the end of the hour
 * @param saving in force, mean of the hour, 0-1
 */
public record UsageHour(
        Instant hour, @Nullable Double limit, double used, double saving, Instant periodStart, Instant periodEnd) {
    private static final double LEAST_SERVED = 0.05;

    /** Demand at level 0 of each hour but the first; hours without a row had as much as those around them, evenly. */
    static double[] demand(List<UsageHour> rows) {
        List<Double> demand = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            UsageHour before = rows.get(i - 1);
            UsageHour row = rows.get(i);
            boolean newPeriod = !row.periodStart.equals(before.periodStart);
            double rise = Math.max(0, row.used - (newPeriod ? 0 : before.used));
            int hours = (int) Math.max(1, (row.hour.getEpochSecond() - before.hour.getEpochSecond()) / 3600);
            for (int hour = 0; hour < hours; hour++) {
                demand.add(rise / hours / Math.max(LEAST_SERVED, 1 - row.saving));
            }
        }
        return demand.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
