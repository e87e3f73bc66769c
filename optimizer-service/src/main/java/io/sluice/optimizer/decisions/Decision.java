package io.sluice.optimizer.decisions;

import io.sluice.optimizer.pacing.Pace;
import io.sluice.optimizer.policies.Axis;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A decision as it is kept: one when anything changes, and one every five minutes while nothing does.
 *
 * @param binding the budget or signal it follows
 * @param saving published, as ratio of demand at level 0
 * @param level of the axis it asks for
 * @param gate what decided, or held it back
 * @param inputs the numbers it was made of, so that it can be done again by hand
 * @param shadow whether its policy was in the shadow, so that nothing was published
 */
public record Decision(
        UUID id,
        Instant at,
        String policyId,
        int policyVersion,
        String scope,
        Axis axis,
        String binding,
        double saving,
        double level,
        Pace.Gate gate,
        String text,
        Map<String, Double> inputs,
        boolean shadow) {}
