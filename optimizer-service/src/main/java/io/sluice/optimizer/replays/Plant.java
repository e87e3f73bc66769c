package io.sluice.optimizer.replays;

import io.sluice.optimizer.levels.Ladder;
import java.time.Duration;
import java.util.List;

/**
 * What orders meet: how much they save, how soon, and what quality that costs.
 *
 * @param ladder savings of the levels, as believed
 * @param lost quality points lost by level 1, 2, ..; ascending
 * @param effectiveness true saving for each believed one
 * @param adoption time constant with which a saving takes effect
 * @param reportLag age of what whoever bills has reported
 * @param meterBias what our meter counts for each true unit
 * @param hardStop whether nothing is served beyond the limit
 */
public record Plant(
        Ladder ladder,
        List<Double> lost,
        double effectiveness,
        Duration adoption,
        Duration reportLag,
        double meterBias,
        boolean hardStop) {

    public Plant {
        lost = List.copyOf(lost);
        if (lost.size() != ladder.saved().size()) {
            throw new IllegalArgumentException("each level loses something: " + lost);
        }
    }

    /** Points lost at a fractional level. */
    public double lostAt(double level) {
        int lower = (int) Math.min(level, lost.size());
        double below = lower == 0 ? 0 : lost.get(lower - 1);
        return lower == lost.size() ? below : below + (level - lower) * (lost.get(lower) - below);
    }
}
