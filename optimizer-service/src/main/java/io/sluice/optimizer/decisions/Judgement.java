package io.sluice.optimizer.decisions;

import io.sluice.contracts.budget.Budget;
import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.decisions.Signals.Errors;
import io.sluice.optimizer.decisions.Signals.Told;
import io.sluice.optimizer.levels.Ladder;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.pacing.BudgetPacer;
import io.sluice.optimizer.pacing.BudgetPacing;
import io.sluice.optimizer.pacing.Pace;
import io.sluice.optimizer.pacing.Pace.Gate;
import io.sluice.optimizer.pacing.PacerState;
import io.sluice.optimizer.pacing.Usage;
import io.sluice.optimizer.policies.Axis;
import io.sluice.optimizer.policies.Policy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes verdicts of policies, signals and the verdicts before them; pure. A budget that is missing is held until its period ends,
 * or, when its neighbour answers without it, until it has been missing for longer than {@code staleAfter}.
 */
final class Judgement {
    static final String FAULTS = "cdn-errors";

    private final LevelTable table;
    private final Instant now;

    Judgement(LevelTable table, Instant now) {
        this.table = table;
        this.now = now;
    }

    List<Verdict> judge(Collection<Policy> policies, Told told, Collection<Verdict> before) {
        Map<String, Verdict> last = before.stream()
                .collect(Collectors.toMap(verdict -> key(verdict.policyId(), verdict.signalId()), Function.identity()));
        List<Verdict> verdicts = new ArrayList<>();
        for (Policy policy : policies) {
            if (!policy.enabled()) {
                continue;
            }
            if (policy.kind() == Policy.Kind.ERROR_RATE) {
                verdicts.add(faults(policy, told.errors(), last.get(key(policy.id(), FAULTS))));
                continue;
            }
            Set<String> seen = new HashSet<>();
            for (Budget budget : told.budgets()) {
                if (policy.kind().follows(budget.kind()) && seen.add(budget.id())) {
                    verdicts.add(
                            budget(policy, budget, last.get(key(policy.id(), budget.id())), inForce(before, budget)));
                }
            }
            before.stream()
                    .filter(verdict -> verdict.policyId().equals(policy.id()) && !seen.contains(verdict.signalId()))
                    .filter(verdict -> held(policy, verdict, told.answered()))
                    .map(verdict -> missing(policy, verdict))
                    .forEach(verdicts::add);
        }
        return verdicts;
    }

    private boolean held(Policy policy, Verdict verdict, boolean answered) {
        if (verdict.periodEnd() != null && !now.isBefore(verdict.periodEnd())) {
            return false;
        }
        Duration missing = Duration.between(verdict.at(), now);
        return !answered || missing.compareTo(policy.pacing().staleAfter()) < 0;
    }

    private Verdict missing(Policy policy, Verdict last) {
        return new Verdict(
                policy.id(),
                policy.version(),
                last.signalId(),
                last.scope(),
                last.axis(),
                BudgetPacing.hold(last.pace()),
                last.level(),
                last.signalId() + " is not told: its level is held",
                last.inputs(),
                last.at(),
                last.memory(),
                last.periodEnd(),
                policy.shadow());
    }

    private Verdict budget(Policy policy, Budget budget, @Nullable Verdict last, Pace inForce) {
        Axis axis = policy.kind().axis();
        Ladder ladder = axis == Axis.origin ? table.originLadder() : table.egressLadder();
        Usage usage = new Usage(
                number(budget.limit()),
                budget.used().doubleValue(),
                budget.usedAt(),
                budget.projected() == null ? null : number(budget.projected().p50()),
                budget.periodStart(),
                budget.periodEnd());
        BudgetPacer.Paced paced = paced(policy, ladder, usage, budget.source() == Budget.Basis.LIVE, last, inForce);
        Pace pace = paced.pace();
        double level = Math.round(ladder.levelFor(pace.saving()) * 1000) / 1000.0;
        return new Verdict(
                policy.id(),
                policy.version(),
                budget.id(),
                Directive.isScope(budget.scope()) ? budget.scope() : Directive.GLOBAL,
                axis,
                pace,
                level,
                text(budget, usage, pace),
                inputs(usage, pace, paced.numbers()),
                now,
                paced.memory(),
                budget.periodEnd(),
                policy.shadow());
    }

    private BudgetPacer.Paced paced(
            Policy policy, Ladder ladder, Usage usage, boolean metered, @Nullable Verdict last, Pace inForce) {
        BudgetPacer pacer = new BudgetPacer(policy.pacing(), ladder.most());
        Duration between = last == null ? Duration.ZERO : Duration.between(last.at(), now);
        Duration since = between.isNegative() ? Duration.ZERO : between;
        PacerState memory = last == null ? null : last.memory();
        return policy.shadow()
                ? pacer.shadow(usage, metered, inForce, since, memory, now)
                : pacer.decide(usage, metered, last == null ? Pace.NONE : last.pace(), since, memory, now);
    }

    /** What is really in force for a budget: the largest saving that any policy has published. */
    private static Pace inForce(Collection<Verdict> before, Budget budget) {
        return Verdict.published(before).stream()
                .filter(verdict -> verdict.signalId().equals(budget.id()))
                .map(Verdict::pace)
                .max(Comparator.comparingDouble(Pace::saving))
                .orElse(Pace.NONE);
    }

    private Verdict faults(Policy policy, @Nullable Errors errors, @Nullable Verdict last) {
        boolean was = last != null && last.level() > 0;
        boolean is = errors == null ? was : policy.faults().raised(was, errors.requests(), errors.ratio());
        Gate gate = is == was ? (is ? Gate.HYSTERESIS : Gate.FITS) : (is ? Gate.CHANGED : Gate.RELEASED);
        String text = errors == null
                ? "errors are not told: the level is held"
                : String.format(Locale.ROOT, "%.1f %% of %d requests failed", errors.ratio() * 100, errors.requests());
        return new Verdict(
                policy.id(),
                policy.version(),
                FAULTS,
                Directive.GLOBAL,
                Axis.availability,
                new Pace(0, 0, 0, errors == null ? Gate.MISSING : gate),
                is ? policy.faults().level() : 0,
                text,
                errors == null
                        ? Map.of()
                        : Map.of("requests", (double) errors.requests(), "errorRatio", errors.ratio()),
                now,
                null,
                null,
                policy.shadow());
    }

    private static String text(Budget budget, Usage usage, Pace pace) {
        String amount = budget.used().toPlainString() + ' ' + budget.unit();
        String used = budget.limit() == null
                ? amount + " used, no limit"
                : budget.limit().signum() == 0
                        ? amount + " used of a limit of 0"
                        : String.format(
                                Locale.ROOT,
                                "%.0f %% of %s %s used",
                                usage.used() / budget.limit().doubleValue() * 100,
                                budget.limit().toPlainString(),
                                budget.unit());
        String projected = budget.projected() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %s projected by %s",
                        budget.projected().p50().toPlainString(),
                        budget.periodEnd());
        return String.format(
                Locale.ROOT, "%s: %s%s; needs %.0f %% less", budget.id(), used, projected, pace.required() * 100);
    }

    private static Map<String, Double> inputs(Usage usage, Pace pace, Map<String, Double> numbers) {
        Map<String, Double> inputs = new TreeMap<>(numbers);
        put(inputs, "limit", usage.limit());
        put(inputs, "used", usage.used());
        put(inputs, "projected", usage.projected());
        put(inputs, "requiredSaving", pace.required());
        put(inputs, "publishedSaving", pace.saving());
        put(inputs, "meanSaving", pace.meanSaving());
        return inputs;
    }

    private static void put(Map<String, Double> inputs, String name, @Nullable Double value) {
        if (value != null && Double.isFinite(value)) {
            inputs.put(name, value);
        }
    }

    private static @Nullable Double number(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.doubleValue();
    }

    private static String key(String policy, String signal) {
        return policy + '|' + signal;
    }
}
