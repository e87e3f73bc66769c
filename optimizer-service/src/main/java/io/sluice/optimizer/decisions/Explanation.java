package io.sluice.optimizer.decisions;

import io.sluice.optimizer.levels.Ladder;
import io.sluice.optimizer.pacing.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Why a decision was what it was.
 *
 * @param limiting whether no other signal asked more of this axis and scope at that moment
 * @param limitedBy the signal that asked most
 * @param gate what its gate means
 * @param counterfactual how the period would end at each whole level; empty where no budget was looked at
 */
public record Explanation(
        Decision decision, boolean limiting, String limitedBy, String gate, List<Ending> counterfactual) {

    /**
     * How a period would end.
     *
     * @param level 0-4, from that moment on
     * @param share of the limit that would be used; above 1 is too much
     */
    public record Ending(int level, double share) {}

    public Explanation {
        counterfactual = List.copyOf(counterfactual);
    }

    /** From its own numbers, so that it can be done again by hand. */
    static Explanation of(Decision decision, String limitedBy, Ladder ladder) {
        return new Explanation(
                decision,
                limitedBy.equals(decision.binding()),
                limitedBy,
                meaning(decision.gate()),
                endings(decision.inputs(), ladder));
    }

    private static List<Ending> endings(Map<String, Double> inputs, Ladder ladder) {
        Double limit = inputs.get("limit");
        Double used = inputs.get("used");
        Double expected = inputs.get("expectedDemand");
        Double projected = inputs.get("projected");
        if (limit == null || limit <= 0 || used == null) {
            return List.of();
        }
        double hidden = inputs.getOrDefault("meanSaving", 0.0);
        double toCome;
        if (expected != null) {
            toCome = expected;
        } else if (projected != null) {
            toCome = Math.max(0, projected - used) / Math.max(0.05, 1 - hidden);
        } else {
            return List.of();
        }
        List<Ending> endings = new ArrayList<>();
        for (int level = 0; level <= ladder.saved().size(); level++) {
            endings.add(new Ending(level, (used + toCome * (1 - ladder.savingAt(level))) / limit));
        }
        return endings;
    }

    private static String meaning(Pace.Gate gate) {
        return switch (gate) {
            case FITS -> "The forecast fits the limit, so nothing is saved.";
            case DEADBAND -> "What would be needed is too little to begin with (activateAt).";
            case CHANGED -> "A new saving was put in force.";
            case HYSTERESIS -> "What is in force is close enough to what is needed (minChange).";
            case DWELL -> "It changed too short a time ago to change again.";
            case RAMP -> "On the way to what is needed, as fast as a saving may change.";
            case RELEASED -> "Less is needed than releaseBelow, so nothing is saved any longer.";
            case STALE -> "The signal is older than staleAfter: what was in force is held.";
            case MISSING -> "There was no signal: what was in force is held.";
            case NO_LIMIT -> "The budget has no limit, so there is nothing to keep.";
            case OVER -> "The period is over.";
        };
    }
}
