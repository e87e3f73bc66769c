package io.sluice.optimizer.pacing;

import java.time.Duration;

/**
 * How a budget is kept. All ratios are of the demand at level 0.
 *
 * @param kappa margin: how much more demand than projected is planned for, 0-0.5
 * @param activateAt smallest required saving at which anything is done, 0-1
 * @param releaseBelow required saving below which all is released, 0 to {@code activateAt}
 * @param minChange smallest change of a saving in force, 0-0.5
 * @param staleAfter age of a signal from which it is no longer followed
 */
public record PacingRule(double kappa, double activateAt, double releaseBelow, double minChange, Duration staleAfter) {

    /** Chosen on 300 simulated months (seeds 0-299), reported on 500 others: benchmarks/results/control.md. */
    public static final PacingRule DEFAULT = new PacingRule(0, 0.05, 0.03, 0.03, Duration.ofHours(6));

    public PacingRule {
        within("kappa", kappa, 0, 0.5);
        within("activateAt", activateAt, 0, 1);
        within("releaseBelow", releaseBelow, 0, activateAt);
        within("minChange", minChange, 0, 0.5);
        if (staleAfter.isNegative() || staleAfter.isZero() || staleAfter.compareTo(Duration.ofDays(31)) > 0) {
            throw new IllegalArgumentException("staleAfter must be above PT0S and at most P31D, was " + staleAfter);
        }
    }

    private static void within(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(field + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
