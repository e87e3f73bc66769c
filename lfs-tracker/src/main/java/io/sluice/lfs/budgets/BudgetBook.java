package io.sluice.lfs.budgets;

import io.sluice.contracts.budget.Budget;
import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.account.GithubConfig;
import io.sluice.lfs.account.Sku;
import io.sluice.lfs.usage.UsageStore;
import io.sluice.lfs.usage.UsedDay;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The budgets of this month: of the account, which share its allowance among all repositories, and of single repositories. */
@ApplicationScoped
public class BudgetBook {
    private static final int HISTORY_DAYS = 56;

    private final GithubConfig github;
    private final UsageStore usage;
    private final RepositoryBudgetStore repositories;
    private final BudgetMaker maker;
    private final BudgetMeters meters;
    private final InstantSource clock;

    BudgetBook(
            GithubConfig github,
            UsageStore usage,
            RepositoryBudgetStore repositories,
            BudgetMaker maker,
            BudgetMeters meters,
            InstantSource clock) {
        this.github = github;
        this.usage = usage;
        this.repositories = repositories;
        this.maker = maker;
        this.meters = meters;
        this.clock = clock;
    }

    /** All budgets, those of the account first; empty until GitHub's bill was read for the first time. */
    public Uni<List<Budget>> budgets() {
        if (github.organisation().isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Instant now = clock.instant();
        String organisation = github.organisation().get();
        BillingPeriod period = BillingPeriod.at(now);
        Uni<List<UsedDay>> bandwidth = days(organisation, Sku.BANDWIDTH, null, now);
        Uni<List<UsedDay>> storage = days(organisation, Sku.STORAGE, null, now);
        Uni<Long> net = usage.netNano(organisation, period.firstDay(), period.lastDay());
        return Uni.combine()
                .all()
                .unis(bandwidth, storage, net)
                .asTuple()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(known ->
                        maker.account(organisation, period, now, known.getItem1(), known.getItem2(), known.getItem3()))
                .invoke(meters::measured)
                .chain(account -> ofRepositories(organisation, period, now).map(more -> joined(account, more)));
    }

    private Uni<List<Budget>> ofRepositories(String organisation, BillingPeriod period, Instant now) {
        return repositories.all(organisation).chain(limits -> {
            Uni<List<Budget>> budgets = Uni.createFrom().item(List.of());
            for (RepositoryBudget limit : limits) {
                budgets = budgets.chain(before -> days(organisation, maker.sku(limit), limit.repository(), now)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(days -> joined(before, maker.repository(organisation, limit, period, now, days))));
            }
            return budgets;
        });
    }

    private Uni<List<UsedDay>> days(String organisation, Sku sku, @Nullable String repository, Instant now) {
        LocalDate today = BillingPeriod.dayOf(now);
        return usage.days(organisation, sku, repository, today.minusDays(HISTORY_DAYS), today);
    }

    private static List<Budget> joined(List<Budget> first, List<Budget> second) {
        List<Budget> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
