package io.sluice.optimizer.replays;

import java.util.List;

/**
 * What a replay came to.
 *
 * @param used in the unit of the demand
 * @param demand at level 0, in the same unit
 * @param lost mean quality points lost by a request; one that fails or is refused counts 100
 * @param qualityLost the same of served requests only, of all
 * @param failed share of requests that failed or were refused, 0-1
 * @param ranOut whether the limit was reached while it stops everything
 * @param darkHours hours in which most requests failed
 * @param changes of the saving that was ordered
 * @param rerenders whole levels by which the catalogue was made anew, all changes added
 * @param hours at level 0 (exactly), up to 1, 2, 3, 4
 */
public record Outcome(
        double used,
        double demand,
        double lost,
        double qualityLost,
        double failed,
        boolean ranOut,
        double darkHours,
        int changes,
        double rerenders,
        List<Double> hours) {
    public Outcome {
        hours = List.copyOf(hours);
    }
}
