package io.sluice.lfs.budgets;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.contracts.budget.Budget;
import io.sluice.lfs.account.AccountConfig;
import io.sluice.lfs.account.BillingPeriod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * {@code sluice_lfs_used_bytes} (downloaded this month; stored on average this month) and {@code sluice_lfs_quota_ratio}, both of
 * the account, as the budgets were last made.
 */
@ApplicationScoped
class BudgetMeters {
    private final AccountConfig config;
    private final AtomicReference<Map<Budget.Kind, Budget>> last = new AtomicReference<>(Map.of());

    BudgetMeters(MeterRegistry registry, AccountConfig config) {
        this.config = config;
        for (Budget.Kind kind : List.of(Budget.Kind.LFS_BANDWIDTH, Budget.Kind.LFS_STORAGE)) {
            gauge(registry, "sluice.lfs.used", "bytes", kind, this::bytes);
        }
        for (Budget.Kind kind : List.of(Budget.Kind.LFS_BANDWIDTH, Budget.Kind.LFS_STORAGE, Budget.Kind.LFS_COST)) {
            gauge(registry, "sluice.lfs.quota.ratio", "", kind, BudgetMeters::ratio);
        }
    }

    void measured(List<Budget> account) {
        Map<Budget.Kind, Budget> byKind = new EnumMap<>(Budget.Kind.class);
        account.forEach(budget -> byKind.put(budget.kind(), budget));
        last.set(Map.copyOf(byKind));
    }

    private void gauge(
            MeterRegistry registry, String name, String unit, Budget.Kind kind, ToDoubleFunction<Budget> value) {
        Gauge.builder(name, () -> {
                    Budget budget = last.get().get(kind);
                    return budget == null ? Double.NaN : value.applyAsDouble(budget);
                })
                .baseUnit(unit.isEmpty() ? null : unit)
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .strongReference(true)
                .register(registry);
    }

    private double bytes(Budget budget) {
        double amount = budget.used().doubleValue() * config.unit().bytes();
        if (budget.kind() == Budget.Kind.LFS_BANDWIDTH) {
            return amount;
        }
        Duration elapsed =
                Duration.between(BillingPeriod.at(budget.periodStart()).start(), budget.usedAt());
        return amount / Math.max(1, elapsed.toMinutes() / 60.0);
    }

    private static double ratio(Budget budget) {
        Double ratio = BudgetMaker.ratio(budget);
        return ratio == null ? Double.NaN : ratio;
    }
}
