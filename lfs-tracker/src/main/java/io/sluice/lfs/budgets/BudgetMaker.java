package io.sluice.lfs.budgets;

import io.sluice.contracts.budget.Budget;
import io.sluice.lfs.account.AccountConfig;
import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.account.Nano;
import io.sluice.lfs.account.Sku;
import io.sluice.lfs.budgets.Allowances.Allowance;
import io.sluice.lfs.forecast.DayAmount;
import io.sluice.lfs.forecast.Outlook;
import io.sluice.lfs.forecast.QuotaForecast;
import io.sluice.lfs.usage.UsedDay;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes budgets of days, limits and projections; computes for some milliseconds, so not on an event loop. */
@ApplicationScoped
class BudgetMaker {
    private static final String GLOBAL = "global";
    private static final int DIGITS = 6;
    private static final double GIGA = 1e9;

    private final AccountConfig config;
    private final Allowances allowances;

    BudgetMaker(AccountConfig config, Allowances allowances) {
        this.config = config;
        this.allowances = allowances;
    }

    /** What a budget of one SKU is made of. */
    private record Line(Sku sku, List<UsedDay> days, Optional<Allowance> allowance, Outlook outlook, BigDecimal used) {}

    Sku sku(RepositoryBudget budget) {
        return budget.kind() == Budget.Kind.LFS_STORAGE ? Sku.STORAGE : Sku.BANDWIDTH;
    }

    /** The account's three; none before the first good pull. */
    List<Budget> account(
            String organisation,
            BillingPeriod period,
            Instant now,
            List<UsedDay> bandwidthDays,
            List<UsedDay> storageDays,
            long netNano) {
        if (bandwidthDays.isEmpty()) {
            return List.of();
        }
        Line bandwidth =
                line(organisation, Sku.BANDWIDTH, period, now, bandwidthDays, allowances.of(Sku.BANDWIDTH, period));
        Line storage = line(organisation, Sku.STORAGE, period, now, storageDays, allowances.of(Sku.STORAGE, period));
        return List.of(
                budget("lfs-bandwidth:" + organisation, Budget.Kind.LFS_BANDWIDTH, organisation, bandwidth, period),
                budget("lfs-storage:" + organisation, Budget.Kind.LFS_STORAGE, organisation, storage, period),
                cost(organisation, period, bandwidth, storage, netNano));
    }

    /** The one of a repository; none before the first good pull. */
    List<Budget> repository(
            String organisation, RepositoryBudget limit, BillingPeriod period, Instant now, List<UsedDay> days) {
        if (days.isEmpty()) {
            return List.of();
        }
        BigDecimal amount = limit.kind() == Budget.Kind.LFS_STORAGE
                ? limit.limit().multiply(BigDecimal.valueOf(period.hours()))
                : limit.limit();
        Allowance allowance = new Allowance(amount, "limit set by PUT /api/v1/budgets/" + limit.id());
        String owner = organisation + "/" + limit.repository();
        Line line = line(owner, sku(limit), period, now, days, Optional.of(allowance));
        return List.of(budget(limit.id(), limit.kind(), owner, line, period));
    }

    private Line line(
            String owner,
            Sku sku,
            BillingPeriod period,
            Instant now,
            List<UsedDay> days,
            Optional<Allowance> allowance) {
        long used = days.stream()
                .filter(day -> !day.day().isBefore(period.firstDay()))
                .mapToLong(UsedDay::qtyNano)
                .sum();
        List<DayAmount> history = days.stream()
                .map(day -> new DayAmount(day.day(), day.qtyNano() / GIGA, day.complete()))
                .toList();
        QuotaForecast.Shape shape = sku.equals(Sku.STORAGE) ? QuotaForecast.Shape.STORED : QuotaForecast.Shape.FLOW;
        long seed = (owner + sku.name() + BillingPeriod.dayOf(now)).hashCode();
        Double limit = allowance.map(a -> a.limit().doubleValue()).orElse(null);
        Outlook outlook = QuotaForecast.project(history, shape, limit, period, seed);
        return new Line(sku, days, allowance, outlook, Nano.amount(used));
    }

    private Budget budget(String id, Budget.Kind kind, String owner, Line line, BillingPeriod period) {
        BigDecimal limit = line.allowance().map(Allowance::limit).orElse(null);
        Outlook.Projected projected = line.outlook() instanceof Outlook.Projected p ? p : null;
        return new Budget(
                id,
                kind,
                GLOBAL,
                owner,
                config.unit().label(line.sku().unit()),
                limit,
                line.used(),
                usedAt(line.days()),
                Budget.Basis.BILLED,
                period.start(),
                period.end(),
                projected == null ? null : projection(projected.totals()),
                projected == null || limit == null ? null : projected.exceedProbability(limit.doubleValue()),
                projected == null ? null : projected.exhaustsAt(),
                line.outlook().basis() + "; " + provenance(line.allowance()));
    }

    /** Months of both SKUs that are drawn equally far up are added: dear months of one are taken to be dear of the other. */
    private Budget cost(String organisation, BillingPeriod period, Line bandwidth, Line storage, long netNano) {
        BigDecimal used = Nano.amount(Math.max(0, netNano));
        Optional<Allowance> allowance = allowances.cost();
        List<Double> totals = costs(bandwidth, storage, used.doubleValue());
        BigDecimal limit = allowance.map(Allowance::limit).orElse(null);
        Double exceeds = limit == null || totals.isEmpty()
                ? null
                : (double) totals.stream()
                                .filter(cost -> cost > limit.doubleValue())
                                .count()
                        / totals.size();
        String basis = totals.isEmpty()
                ? "not projected: "
                        + (bandwidth.allowance().isEmpty()
                                        || storage.allowance().isEmpty()
                                ? "what the plan includes is not known; set sluice.lfs.plan"
                                : bandwidth.outlook().basis())
                : "what is above the plan's allowance, at the price of the latest rows";
        return new Budget(
                "lfs-cost:" + organisation,
                Budget.Kind.LFS_COST,
                GLOBAL,
                organisation,
                "USD",
                limit,
                used,
                usedAt(bandwidth.days()),
                Budget.Basis.BILLED,
                period.start(),
                period.end(),
                totals.isEmpty() ? null : projection(totals),
                exceeds,
                null,
                basis + "; " + allowance.map(Allowance::provenance).orElse("no limit: set sluice.lfs.allowance.cost"));
    }

    private List<Double> costs(Line bandwidth, Line storage, double used) {
        if (!(bandwidth.outlook() instanceof Outlook.Projected downloads)
                || !(storage.outlook() instanceof Outlook.Projected stored)
                || bandwidth.allowance().isEmpty()
                || storage.allowance().isEmpty()) {
            return List.of();
        }
        List<Double> costs = new ArrayList<>();
        for (int i = 0; i < downloads.totals().size(); i++) {
            costs.add(Math.max(
                    used,
                    above(bandwidth, downloads.totals().get(i))
                            + above(storage, stored.totals().get(i))));
        }
        return costs;
    }

    private double above(Line line, double total) {
        double included = line.allowance().orElseThrow().limit().doubleValue();
        return Math.max(0, total - included) * price(line);
    }

    private double price(Line line) {
        return line.days().stream()
                .filter(day -> day.priceNano() > 0)
                .max(Comparator.comparing(UsedDay::day))
                .map(day -> day.priceNano() / GIGA)
                .orElseGet(() -> allowances.listPrice(line.sku()));
    }

    private static Budget.Projection projection(List<Double> totals) {
        return new Budget.Projection(at(totals, 0.1), at(totals, 0.5), at(totals, 0.9));
    }

    private static BigDecimal at(List<Double> totals, double share) {
        return BigDecimal.valueOf(totals.get((int) Math.round(share * (totals.size() - 1))))
                .setScale(DIGITS, RoundingMode.HALF_UP);
    }

    private static Instant usedAt(List<UsedDay> days) {
        return days.getLast().pulledAt();
    }

    private static String provenance(Optional<Allowance> allowance) {
        return allowance
                .map(Allowance::provenance)
                .orElse("limit not known: set sluice.lfs.plan or sluice.lfs.allowance.*");
    }

    /** What is used of what may be, 0-1 and beyond; null when the limit is not known or nothing. */
    static @Nullable Double ratio(Budget budget) {
        BigDecimal limit = budget.limit();
        return limit == null || limit.signum() == 0 ? null : budget.used().doubleValue() / limit.doubleValue();
    }
}
