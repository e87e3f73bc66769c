package io.sluice.optimizer.reports;

import io.sluice.optimizer.policies.Axis;
import java.time.Instant;

/**
 * What a budget said in one hour.
 *
 * @param used since the period began, at the end of the hour
 * @param saving in force, mean of the hour, 0-1
 */
record MeteredHour(
        String budget, Axis axis, String unit, Instant hour, double used, double saving, Instant periodStart) {

    /** What was used since the row before; a new period begins at nothing, and a meter that goes back counts nothing. */
    double since(MeteredHour before) {
        return Math.max(0, used - (periodStart.equals(before.periodStart) ? before.used : 0));
    }
}
