package io.sluice.optimizer.reports;

import io.sluice.optimizer.policies.Axis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One budget in one week. Amounts are in the budget's unit.
 *
 * @param used in the week
 * @param usedTheWeekBefore absent when nothing is known of it
 * @param withoutSavings what would have been used at level 0: each hour divided by what its saving left over, as the level table has it
 * @param meanSaving of demand, 0-1
 * @param hours of the week that are known, at most 168
 * @param busiest hour of the week, over the four weeks up to its end; absent below two weeks
 */
public record BudgetWeek(
        String id,
        Axis axis,
        String unit,
        BigDecimal used,
        @Nullable BigDecimal usedTheWeekBefore,
        BigDecimal withoutSavings,
        double meanSaving,
        int hours,
        @Nullable Busiest busiest) {
    static final int PATTERN_WEEKS = 4;
    private static final int WEEK_HOURS = 168;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final MathContext DIGITS = new MathContext(6);
    private static final double LEAST_SERVED = 0.05;

    /**
     * An hour of the week, UTC.
     *
     * @param share of the week's use; an even week has 1/168 in each hour
     */
    public record Busiest(DayOfWeek day, int hour, double share) {}

    /**
     * @param rows of one budget by hour, from four weeks before {@code to}; not empty
     * @param to end of the week
     */
    static BudgetWeek of(List<MeteredHour> rows, Instant to) {
        Instant from = to.minus(WEEK);
        double used = 0;
        double before = 0;
        double demand = 0;
        int hours = 0;
        int hoursBefore = 0;
        double[] pattern = new double[WEEK_HOURS];
        for (int i = 1; i < rows.size(); i++) {
            MeteredHour row = rows.get(i);
            double amount = row.since(rows.get(i - 1));
            pattern[hourOfWeek(row.hour())] += amount;
            if (!row.hour().isBefore(from)) {
                used += amount;
                demand += amount / Math.max(LEAST_SERVED, 1 - row.saving());
                hours++;
            } else if (!row.hour().isBefore(from.minus(WEEK))) {
                before += amount;
                hoursBefore++;
            }
        }
        MeteredHour any = rows.getFirst();
        return new BudgetWeek(
                any.budget(),
                any.axis(),
                any.unit(),
                amount(used),
                hoursBefore == 0 ? null : amount(before),
                amount(demand),
                demand == 0 ? 0 : 1 - used / demand,
                hours,
                rows.size() < 2 * WEEK_HOURS ? null : busiest(pattern));
    }

    /** Rows of several budgets, each by hour. */
    static List<BudgetWeek> all(List<MeteredHour> rows, Instant to) {
        Map<String, List<MeteredHour>> byBudget = new TreeMap<>();
        rows.forEach(row ->
                byBudget.computeIfAbsent(row.budget(), id -> new ArrayList<>()).add(row));
        return byBudget.values().stream().map(own -> of(own, to)).toList();
    }

    private static @Nullable Busiest busiest(double[] pattern) {
        int most = 0;
        double sum = 0;
        for (int i = 0; i < pattern.length; i++) {
            most = pattern[i] > pattern[most] ? i : most;
            sum += pattern[i];
        }
        return sum == 0 ? null : new Busiest(DayOfWeek.of(1 + most / 24), most % 24, pattern[most] / sum);
    }

    private static int hourOfWeek(Instant at) {
        OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
        return (utc.getDayOfWeek().getValue() - 1) * 24 + utc.getHour();
    }

    private static BigDecimal amount(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
