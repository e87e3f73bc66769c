package io.sluice.optimizer.decisions;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would have done beside what was done.
 *
 * @param from inclusive
 * @param to exclusive
 * @param signals one by one: those the policy has decided about
 */
public record Comparison(String policyId, Instant from, Instant to, List<Signal> signals) {
    public Comparison {
        signals = List.copyOf(signals);
    }

    /**
     * One budget, or another signal.
     *
     * @param policy what the policy decided
     * @param published what the policies that publish decided, the one that asked most; absent when none did
     */
    public record Signal(
            String signal, Course policy, @Nullable Course published) {}

    /**
     * The course of decisions about a signal. Each counts until the next of the same policy.
     *
     * @param decisions that are kept: one for each change, and one every few minutes
     * @param changes how often the level was another one
     * @param meanLevel over time
     * @param highestLevel at any time
     * @param meanSaving over time, as ratio of demand at level 0
     */
    public record Course(long decisions, long changes, double meanLevel, double highestLevel, double meanSaving) {}
}
