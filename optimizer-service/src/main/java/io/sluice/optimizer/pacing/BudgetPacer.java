package io.sluice.optimizer.pacing;

import io.sluice.optimizer.pacing.HorizonPacing.Step;
import io.sluice.optimizer.pacing.Pace.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides one budget. With three days of a meter, it forecasts by itself ({@link HorizonPacing}); before, and where there is only a
 * bill, it takes the projection that came with the budget ({@link BudgetPacing}).
 */
public final class BudgetPacer {
    /** Name of the number that is 1 when a budget would end too soon for a rollout in steps. */
    public static final String URGENT = "urgent";

    private final PacingRule rule;
    private final double most;
    private final HorizonPacing horizon;

    /**
     * @param most largest saving of the axis, 0-1
     */
    public BudgetPacer(PacingRule rule, double most) {
        this.rule = rule;
        this.most = most;
        this.horizon = new HorizonPacing(rule, Tempo.DEFAULT, most);
    }

    /**
     * What was decided.
     *
     * @param memory to hand in next time; null where there is no meter
     * @param numbers behind it, in the budget's unit or as ratios
     */
    public record Paced(Pace pace, @Nullable PacerState memory, Map<String, Double> numbers) {
        public Paced {
            numbers = Map.copyOf(numbers);
        }
    }

    /**
     * Decides.
     *
     * @param metered whether {@code usage} comes from a meter and not from a bill
     * @param before what was decided last
     * @param since how long ago that was
     * @param memory of last time; null at first
     */
    public Paced decide(
            Usage usage, boolean metered, Pace before, Duration since, @Nullable PacerState memory, Instant now) {
        Pace projected = BudgetPacing.decide(usage, before, since, rule, most, now);
        Double limit = usage.limit();
        if (!metered || limit == null || projected.gate() == Gate.STALE || projected.gate() == Gate.OVER) {
            return new Paced(projected, memory, Map.of());
        }
        Reading reading = new Reading(
                now, limit, usage.used(), usage.usedAt(), usage.used(), usage.periodStart(), usage.periodEnd());
        PacerState state = memory == null ? PacerState.fresh(reading) : memory.inForce(before.saving());
        Step step = horizon.decide(state, reading);
        if (!step.state().demand().learnt()) {
            return new Paced(projected, step.state().decided(projected.saving(), 1), Map.of());
        }
        return new Paced(step.pace(), step.state(), numbers(step));
    }

    /**
     * Decides without being asked: each time from what is really in force, whoever published it.
     *
     * @param inForce what is in force for this budget
     */
    public Paced shadow(
            Usage usage, boolean metered, Pace inForce, Duration since, @Nullable PacerState memory, Instant now) {
        Paced paced = decide(usage, metered, inForce, since, memory, now);
        PacerState decided = paced.memory();
        Instant changed =
                memory == null ? null : memory.inForce(inForce.saving()).changedAt();
        return decided == null
                ? paced
                : new Paced(paced.pace(), decided.unpublished(inForce.saving(), changed), paced.numbers());
    }

    private static Map<String, Double> numbers(Step step) {
        Demand demand = step.state().demand();
        Map<String, Double> numbers = new TreeMap<>();
        numbers.put("left", step.left());
        numbers.put("expectedDemand", step.expected());
        numbers.put("usualHourly", demand.slow());
        numbers.put("presentHourly", demand.fast() == null ? 0 : demand.fast());
        numbers.put("burstHours", demand.burstHours());
        numbers.put("adoptedSaving", step.state().adopted());
        numbers.put("allowed", step.state().allowed());
        numbers.put(URGENT, step.urgent() ? 1.0 : 0.0);
        return numbers;
    }
}
