package io.sluice.lfs.usage;

import io.sluice.lfs.account.AccountConfig;
import io.sluice.lfs.account.Nano;
import io.sluice.lfs.account.Sku;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what was billed. */
@ApplicationScoped
public class UsageStore {
    private static final String CURRENCY = "USD";
    private static final String BY_DAY = """
            select d.day, null as repository, sku.name as sku, sku.unit, qty_nano::bigint as qty, gross_nano::bigint as gross,
                disc_nano::bigint as disc, net_nano::bigint as net
            from account_daily d join sku on sku.id = sku_id join account on account.id = account_id
            where lower(account.name) = lower($1) and d.day between $2 and $3 and ($4::text is null or sku.name = $4)
                and (d.day, sku.name) > ($5::date, $6)
            order by d.day, sku.name limit $7""";
    private static final String BY_REPOSITORY = """
            select null::date as day, lower(repository.name) as key, repository.name as repository, sku.name as sku, sku.unit,
                sum(qty_nano)::bigint as qty, sum(gross_nano)::bigint as gross, sum(disc_nano)::bigint as disc,
                sum(net_nano)::bigint as net
            from usage_daily d join sku on sku.id = sku_id join account on account.id = d.account_id
                join repository on repository.id = repository_id
            where lower(account.name) = lower($1) and d.day between $2 and $3 and ($4::text is null or sku.name = $4)
                and (lower(repository.name), sku.name) > ($5::text, $6)
            group by repository.name, sku.name, sku.unit order by lower(repository.name), sku.name limit $7""";
    private static final String DAYS = """
            select b.day, b.pulled_at, coalesce(qty_nano, 0) as qty, coalesce(price_nano, 0) as price,
                coalesce(net_nano, 0) as net,
                not suspect and b.day < $4 and (agreeing >= 2 or pulled_at >= (b.day + 3)::timestamp at time zone 'UTC')
                    as complete
            from billing_day b join account on account.id = b.account_id
                left join account_daily d on d.account_id = b.account_id and d.day = b.day
                    and d.sku_id = (select id from sku where name = $2)
            where lower(account.name) = lower($1) and b.day between $3 and $4 and pulled_at is not null
            order by b.day""";
    private static final String REPOSITORY_DAYS = """
            select b.day, b.pulled_at, coalesce(qty_nano, 0) as qty, coalesce(price_nano, 0) as price,
                coalesce(net_nano, 0) as net,
                not suspect and b.day < $4 and (agreeing >= 2 or pulled_at >= (b.day + 3)::timestamp at time zone 'UTC')
                    as complete
            from billing_day b join account on account.id = b.account_id
                left join usage_daily d on d.account_id = b.account_id and d.day = b.day
                    and d.sku_id = (select id from sku where name = $2)
                    and d.repository_id = (select id from repository r where r.account_id = b.account_id
                        and lower(r.name) = lower($5))
            where lower(account.name) = lower($1) and b.day between $3 and $4 and pulled_at is not null
            order by b.day""";
    private static final String NET = """
            select coalesce(sum(net_nano), 0)::bigint as net from account_daily join account on account.id = account_id
            where lower(account.name) = lower($1) and day between $2 and $3""";

    private final Database database;
    private final AccountConfig config;

    UsageStore(Database database, AccountConfig config) {
        this.database = database;
        this.config = config;
    }

    /** By day, all repositories together, behind ({@code afterDay}, {@code afterSku}). */
    Uni<List<BilledUsage>> byDay(UsageQuery query, LocalDate afterDay, String afterSku) {
        return read(BY_DAY, query, afterDay, afterSku);
    }

    /** By repository, all days together, behind ({@code afterName} in lower case, {@code afterSku}). */
    Uni<List<BilledUsage>> byRepository(UsageQuery query, String afterName, String afterSku) {
        return read(BY_REPOSITORY, query, afterName, afterSku);
    }

    /** Each day that was ever pulled, used or not, from {@code from} to {@code today}. */
    public Uni<List<UsedDay>> days(
            String organisation, Sku sku, @Nullable String repository, LocalDate from, LocalDate today) {
        Tuple parameters = Tuple.of(organisation, sku.name(), from, today);
        return database.query(
                        repository == null ? DAYS : REPOSITORY_DAYS,
                        repository == null ? parameters : parameters.addString(repository))
                .map(rows -> rows.stream().map(UsageStore::day).toList());
    }

    /** What is to be paid for all Git LFS, in billionths of USD. */
    public Uni<Long> netNano(String organisation, LocalDate from, LocalDate to) {
        return database.query(NET, Tuple.of(organisation, from, to))
                .map(rows -> rows.iterator().next().getLong("net"));
    }

    private Uni<List<BilledUsage>> read(String sql, UsageQuery query, Object after, String afterSku) {
        Tuple parameters = Tuple.tuple()
                .addString(query.organisation())
                .addLocalDate(query.from())
                .addLocalDate(query.to())
                .addString(query.sku())
                .addValue(after)
                .addString(afterSku)
                .addInteger(query.limit());
        return database.query(sql, parameters)
                .map(rows -> rows.stream().map(this::usage).toList());
    }

    private BilledUsage usage(Row row) {
        String repository = row.getString("repository");
        return new BilledUsage(
                row.getLocalDate("day"),
                repository == null || repository.isEmpty() ? null : repository,
                row.getString("sku"),
                config.unit().label(Sku.Unit.valueOf(row.getString("unit"))),
                Nano.amount(row.getLong("qty")),
                Nano.amount(row.getLong("gross")),
                Nano.amount(row.getLong("disc")),
                Nano.amount(row.getLong("net")),
                CURRENCY);
    }

    private static UsedDay day(Row row) {
        Instant pulledAt = row.getOffsetDateTime("pulled_at")
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toInstant();
        return new UsedDay(
                row.getLocalDate("day"),
                row.getLong("qty"),
                row.getLong("price"),
                row.getLong("net"),
                pulledAt,
                row.getBoolean("complete"));
    }
}
