package io.sluice.metrics.budgets;

import io.quarkus.runtime.StartupEvent;
import io.sluice.metrics.partitions.TimeTable;
import io.sluice.metrics.usage.PriceBook;
import io.sluice.metrics.usage.UsageStore;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/** Reads what budgets are made of: the month by the hour, and the recent past. Also sees to the configured budgets. */
@ApplicationScoped
class Budgets {
    private static final Logger LOG = Logger.getLogger(Budgets.class);
    private static final Duration RECENT = Duration.ofDays(7);
    private static final Duration BY_MINUTES = Duration.ofHours(6);

    private final BudgetStore store;
    private final UsageStore usage;
    private final PriceBook prices;
    private final InstantSource clock;

    Budgets(BudgetStore store, UsageStore usage, PriceBook prices, InstantSource clock) {
        this.store = store;
        this.usage = usage;
        this.prices = prices;
        this.clock = clock;
    }

    void seed(@Observes StartupEvent event, BudgetConfig config, BudgetChecks checks, Migrations migrations) {
        var seeds = config.seeds().entrySet().stream()
                .map(seed -> checks.seed(seed.getKey(), seed.getValue()))
                .toList();
        migrations.whenDone(() -> Multi.createFrom()
                .iterable(seeds)
                .onItem()
                .transformToUniAndConcatenate(store::seed)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .retry()
                .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(30))
                .indefinitely()
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.errorf("configured budgets were not stored: %s", failure.getMessage())));
    }

    /** The month's ledger as of now. */
    Uni<BudgetLedger> ledger() {
        Instant now = clock.instant();
        Instant month = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Instant horizon = now.minus(RECENT).truncatedTo(ChronoUnit.HOURS);
        return usage.volumes(TimeTable.CDN_1H, month, now)
                .chain(volumes -> usage.firstMinute(horizon).chain(first -> {
                    Instant begun = first.orElse(now);
                    boolean young = Duration.between(begun, now).compareTo(BY_MINUTES) < 0;
                    Instant since = begun.truncatedTo(young ? ChronoUnit.MINUTES : ChronoUnit.HOURS);
                    return usage.volumes(young ? TimeTable.CDN_1M : TimeTable.CDN_1H, since, now)
                            .map(recent -> new BudgetLedger(
                                    prices,
                                    volumes,
                                    recent,
                                    young ? Duration.ofMinutes(1) : Duration.ofHours(1),
                                    since,
                                    now));
                }));
    }
}
