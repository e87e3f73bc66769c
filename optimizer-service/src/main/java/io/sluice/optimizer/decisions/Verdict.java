package io.sluice.optimizer.decisions;

import io.sluice.optimizer.pacing.BudgetPacer;
import io.sluice.optimizer.pacing.Pace;
import io.sluice.optimizer.pacing.PacerState;
import io.sluice.optimizer.policies.Axis;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy makes of one signal; the latest of each is state that another optimizer takes over.
 *
 * @param signalId budget, or what else was looked at
 * @param pace savings; for faults only the gate means anything
 * @param level of the axis, 0-4
 * @param text one sentence for a person
 * @param inputs the numbers behind it
 * @param memory of the pacer; absent where it has none
 * @param shadow whether its policy publishes nothing
 * @param periodEnd until when a missing signal is held at most; absent: for ever
 */
record Verdict(
        String policyId,
        int policyVersion,
        String signalId,
        String scope,
        Axis axis,
        Pace pace,
        double level,
        String text,
        Map<String, Double> inputs,
        Instant at,
        @Nullable PacerState memory,
        @Nullable Instant periodEnd,
        boolean shadow) {

    Verdict {
        inputs = Map.copyOf(inputs);
    }

    /** Whether its budget would end too soon for a rollout in steps. */
    boolean urgent() {
        return level > 0 && inputs.getOrDefault(BudgetPacer.URGENT, 0.0) > 0;
    }

    /** Those whose policies publish what they decide. */
    static List<Verdict> published(Collection<Verdict> all) {
        return all.stream().filter(verdict -> !verdict.shadow).toList();
    }

    /** Whether a person would call it another decision. */
    boolean differs(Verdict other) {
        return level != other.level || pace.gate() != other.pace().gate() || policyVersion != other.policyVersion;
    }
}
