package io.sluice.metrics.budgets;

import io.sluice.contracts.budget.Budget;
import io.sluice.metrics.usage.PriceBook;
import io.sluice.metrics.usage.UsageStore.Volume;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a budget's CDNs have cost this month, and will.
 *
 * @param prices in force
 * @param month volumes of this month, by hour
 * @param recent volumes that the run rate is taken from
 * @param bucket length of a recent volume's window
 * @param since start of the recent volumes
 */
record BudgetLedger(
        PriceBook prices, List<Volume> month, List<Volume> recent, Duration bucket, Instant since, Instant now) {
    private static final int SCALE = 6;
    private static final double FURTHEST_SECONDS = Duration.ofDays(400).toSeconds();

    Budget budget(BudgetLimit limit) {
        LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        Instant start = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = first.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        BigDecimal used = cost(limit, month).setScale(SCALE, RoundingMode.HALF_UP);
        @Nullable
        CostForecast forecast = recent.isEmpty() ? null : CostForecast.of(buckets(limit), bucket, since, now, end);
        BigDecimal left = limit.limit().subtract(used);
        return new Budget(
                limit.id(),
                Budget.Kind.CDN_COST,
                "global",
                limit.cdns().isEmpty() ? "all CDNs" : String.join(", ", limit.cdns()),
                limit.currency(),
                limit.limit(),
                used,
                now,
                Budget.Basis.LIVE,
                start,
                end,
                forecast == null ? null : projection(used, forecast),
                forecast == null
                        ? (left.signum() <= 0 ? (Double) 1.0 : null)
                        : (Double) forecast.exceeds(left.doubleValue()),
                exhaustsAt(left, forecast, end),
                basis(limit, forecast));
    }

    private BigDecimal cost(BudgetLimit limit, List<Volume> volumes) {
        return volumes.stream()
                .filter(volume -> limit.counts(volume.cdn()))
                .map(this::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal cost(Volume volume) {
        LocalDate day = LocalDate.ofInstant(volume.start(), ZoneOffset.UTC);
        return prices.cost(volume.cdn(), day, volume.bytes(), volume.requests()).orElse(BigDecimal.ZERO);
    }

    /** Cost of every bucket since the first, those without requests included. */
    private List<Double> buckets(BudgetLimit limit) {
        Map<Instant, Double> byStart = new TreeMap<>();
        recent.stream()
                .filter(volume -> limit.counts(volume.cdn()))
                .forEach(volume -> byStart.merge(volume.start(), cost(volume).doubleValue(), Double::sum));
        List<Double> buckets = new ArrayList<>();
        for (Instant start = since; start.isBefore(now); start = start.plus(bucket)) {
            buckets.add(byStart.getOrDefault(start, 0.0));
        }
        return buckets;
    }

    private static Budget.Projection projection(BigDecimal used, CostForecast forecast) {
        double[] more = forecast.quantiles();
        return new Budget.Projection(plus(used, more[0]), plus(used, more[1]), plus(used, more[2]));
    }

    private static BigDecimal plus(BigDecimal used, double more) {
        return used.add(BigDecimal.valueOf(more)).setScale(SCALE, RoundingMode.HALF_UP);
    }

    private @Nullable Instant exhaustsAt(BigDecimal left, @Nullable CostForecast forecast, Instant end) {
        if (left.signum() <= 0) {
            return now;
        }
        if (forecast == null || forecast.ratePerSecond() <= 0) {
            return null;
        }
        double seconds = Math.min(left.doubleValue() / forecast.ratePerSecond(), FURTHEST_SECONDS);
        Instant at = now.plusSeconds((long) Math.ceil(seconds));
        return at.isBefore(end) ? at : null;
    }

    private String basis(BudgetLimit limit, @Nullable CostForecast forecast) {
        TreeSet<String> unpriced = new TreeSet<>();
        month.stream()
                .filter(volume -> limit.counts(volume.cdn()))
                .filter(volume -> prices.cost(volume.cdn(), LocalDate.ofInstant(volume.start(), ZoneOffset.UTC), 0, 0)
                        .isEmpty())
                .forEach(volume -> unpriced.add(volume.cdn()));
        String rest = unpriced.isEmpty() ? "" : "; not counted for want of a price: " + String.join(", ", unpriced);
        String used = "list prices as of " + prices.asOf() + " on logged bytes and requests";
        return forecast == null
                ? used + "; nothing logged lately to project from" + rest
                : used + "; run rate of the last " + forecast.buckets() + " x " + bucket
                        + " carried on to the month's end, normal spread of those buckets and of their mean, no weekly"
                        + " pattern" + rest;
    }
}
