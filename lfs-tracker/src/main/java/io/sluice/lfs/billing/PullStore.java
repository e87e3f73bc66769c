package io.sluice.lfs.billing;

import io.sluice.lfs.account.Sku;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Keeps what GitHub answered: one pull, one day, one transaction. */
@ApplicationScoped
class PullStore {
    private static final String ACCOUNT = """
            with added as (insert into account (name) values ($1) on conflict (lower(name)) do nothing returning id)
            select id from added union all select id from account where lower(name) = lower($1)""";
    private static final String LOCK_DAY = """
            with added as (insert into billing_day (account_id, day) values ($1, $2) on conflict do nothing)
            select pg_advisory_xact_lock($1, $2::date - date '2000-01-01')""";
    private static final String ADD_SKUS = """
            insert into sku (name, unit) select * from unnest($1::text[], $2::text[]) on conflict do nothing""";
    private static final String ADD_REPOSITORIES = """
            insert into repository (account_id, name) select $1, name from unnest($2::text[]) name on conflict do nothing""";
    private static final String HAS_FIGURES = """
            select exists (select from account_daily where account_id = $1 and day = $2 and qty_nano > 0) as has""";
    private static final String WRITE = """
            with answer as (
                select repository.id as repository_id, sku.id as sku_id, qty, price, gross, disc, net
                from unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
                    as item (repository_name, sku_name, qty, price, gross, disc, net)
                join repository on account_id = $1 and lower(repository.name) = lower(repository_name)
                join sku on sku.name = sku_name),
            before as (select * from usage_daily where account_id = $1 and day = $2),
            changed as (
                select coalesce(a.repository_id, b.repository_id) as repository_id, coalesce(a.sku_id, b.sku_id) as sku_id,
                    coalesce(a.qty, 0) as qty, coalesce(a.price, b.price_nano) as price, coalesce(a.gross, 0) as gross,
                    coalesce(a.disc, 0) as disc, coalesce(a.net, 0) as net, b.revision, b.qty_nano, b.net_nano
                from answer a full join before b on b.repository_id = a.repository_id and b.sku_id = a.sku_id
                where (b.qty_nano, b.price_nano, b.gross_nano, b.disc_nano, b.net_nano) is distinct from
                    (coalesce(a.qty, 0), coalesce(a.price, b.price_nano), coalesce(a.gross, 0), coalesce(a.disc, 0),
                    coalesce(a.net, 0))),
            audited as (
                insert into usage_restated
                select $1, repository_id, sku_id, $2, revision + 1, qty_nano, qty, net_nano, net, $3
                from changed where revision is not null)
            insert into usage_daily as u (account_id, repository_id, sku_id, day, qty_nano, price_nano, gross_nano, disc_nano,
                net_nano, first_seen, updated_at)
            select $1, repository_id, sku_id, $2, qty, price, gross, disc, net, $3, $3 from changed
            on conflict (account_id, sku_id, day, repository_id) do update set qty_nano = excluded.qty_nano,
                price_nano = excluded.price_nano, gross_nano = excluded.gross_nano, disc_nano = excluded.disc_nano,
                net_nano = excluded.net_nano, revision = u.revision + 1, updated_at = excluded.updated_at""";
    private static final String SUM_UP = """
            insert into account_daily
            select account_id, sku_id, day, sum(qty_nano), max(price_nano), sum(gross_nano), sum(disc_nano), sum(net_nano)
            from usage_daily where account_id = $1 and day = $2 group by account_id, sku_id, day
            on conflict (account_id, sku_id, day) do update set qty_nano = excluded.qty_nano,
                price_nano = excluded.price_nano, gross_nano = excluded.gross_nano, disc_nano = excluded.disc_nano,
                net_nano = excluded.net_nano""";
    private static final String DAY_TAKEN = """
            update billing_day set pulled_at = $3, etag = $5, suspect = false, requested_at = null, body_sha256 = decode($4, 'hex'),
                agreeing = case when body_sha256 = decode($4, 'hex') then agreeing + 1 else 1 end
            where account_id = $1 and day = $2""";
    private static final String DAY_CONFIRMED = """
            update billing_day set pulled_at = $3, agreeing = agreeing + 1, suspect = false, requested_at = null
            where account_id = $1 and day = $2""";
    private static final String DAY_SUSPECT = """
            update billing_day set suspect = true, requested_at = null where account_id = $1 and day = $2""";
    private static final String NOTE = """
            insert into billing_pull (account_id, day, started, outcome, status, items, changed, doubled, detail)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";
    private static final String REQUEST = """
            insert into billing_day (account_id, day, requested_at) select $1, day, $3 from unnest($2::date[]) day
            on conflict (account_id, day) do update set requested_at =
                coalesce(billing_day.requested_at, excluded.requested_at)""";
    private final Database database;

    PullStore(Database database) {
        this.database = database;
    }

    /** Writes an answer: figures that differ, the audit of those that were restated, zero for those that vanished. */
    Uni<Pull> write(String organisation, LocalDate day, Instant started, Answer.Usage answer) {
        return database.inTransaction(connection -> locked(connection, organisation, day)
                .chain(account -> emptied(connection, account, day, answer)
                        .chain(emptied -> emptied
                                ? suspect(connection, account, day, started)
                                : take(connection, account, day, started, answer))));
    }

    /** Notes that GitHub still says what it said. */
    Uni<Pull> confirm(String organisation, LocalDate day, Instant started, int status) {
        Pull pull = new Pull(0, day, started, Outcome.UNCHANGED, status, 0, 0, 0, null);
        return database.inTransaction(connection -> locked(connection, organisation, day)
                .chain(account -> run(connection, DAY_CONFIRMED, Tuple.of(account, day, offset(started)))
                        .chain(() -> note(connection, account, pull))));
    }

    /** Notes a pull that brought nothing. */
    Uni<Pull> note(String organisation, Pull pull) {
        return database.inTransaction(
                connection -> account(connection, organisation).chain(account -> note(connection, account, pull)));
    }

    /** Notes which days an operator wants; a day that is wanted already stays so. */
    Uni<Void> request(String organisation, List<LocalDate> days, Instant now) {
        return database.inTransaction(connection -> account(connection, organisation)
                .chain(account ->
                        run(connection, REQUEST, Tuple.of(account, days.toArray(LocalDate[]::new), offset(now)))));
    }

    private static Uni<Integer> locked(SqlConnection connection, String organisation, LocalDate day) {
        return account(connection, organisation).call(account -> run(connection, LOCK_DAY, Tuple.of(account, day)));
    }

    private static Uni<Integer> account(SqlConnection connection, String organisation) {
        return connection
                .preparedQuery(ACCOUNT)
                .execute(Tuple.of(organisation))
                .map(rows -> rows.iterator().next().getInteger("id"));
    }

    /** Whether the answer has no row of any product although the day has figures. */
    private static Uni<Boolean> emptied(SqlConnection connection, int account, LocalDate day, Answer.Usage answer) {
        return connection
                .preparedQuery(HAS_FIGURES)
                .execute(Tuple.of(account, day))
                .map(rows ->
                        answer.usage().items() == 0 && rows.iterator().next().getBoolean("has"));
    }

    private static Uni<Pull> suspect(SqlConnection connection, int account, LocalDate day, Instant started) {
        String detail =
                "GitHub's answer is empty although this day has figures: they are kept until it answers with rows.";
        Pull pull = new Pull(0, day, started, Outcome.SUSPECT, 200, 0, 0, 0, detail);
        return run(connection, DAY_SUSPECT, Tuple.of(account, day)).chain(() -> note(connection, account, pull));
    }

    private static Uni<Pull> take(
            SqlConnection connection, int account, LocalDate day, Instant started, Answer.Usage answer) {
        List<DayUsage.Entry> entries = answer.usage().entries();
        return partition(connection, YearMonth.from(day))
                .chain(() -> run(
                        connection,
                        ADD_SKUS,
                        Tuple.of(
                                skus(entries, Sku::name),
                                skus(entries, s -> s.unit().name()))))
                .chain(() -> run(connection, ADD_REPOSITORIES, Tuple.of(account, names(entries))))
                .chain(() -> connection.preparedQuery(WRITE).execute(figures(account, day, started, entries)))
                .map(RowSet::rowCount)
                .call(() -> run(connection, SUM_UP, Tuple.of(account, day)))
                .call(() -> run(connection, DAY_TAKEN, taken(account, day, started, answer)))
                .chain(changed -> note(connection, account, outcome(day, started, answer.usage(), changed)));
    }

    private static Pull outcome(LocalDate day, Instant started, DayUsage usage, int changed) {
        String detail = usage.unknownSkus().isEmpty() ? null : "SKUs that are not known yet: " + usage.unknownSkus();
        if (usage.doubled() > 0) {
            String doubled = usage.doubled() + " rows repeat another in every field and were counted once";
            detail = detail == null ? doubled : detail + "; " + doubled;
        }
        Outcome outcome = changed == 0 ? Outcome.UNCHANGED : Outcome.WRITTEN;
        return new Pull(0, day, started, outcome, 200, usage.items(), changed, usage.doubled(), detail);
    }

    private static Tuple taken(int account, LocalDate day, Instant started, Answer.Usage answer) {
        return Tuple.of(account, day, offset(started), answer.sha256(), answer.etag());
    }

    private static Tuple figures(int account, LocalDate day, Instant started, List<DayUsage.Entry> entries) {
        return Tuple.tuple()
                .addInteger(account)
                .addLocalDate(day)
                .addOffsetDateTime(offset(started))
                .addArrayOfString(names(entries))
                .addArrayOfString(skus(entries, Sku::name))
                .addArrayOfLong(amounts(entries, DayUsage.Entry::qtyNano))
                .addArrayOfLong(amounts(entries, DayUsage.Entry::priceNano))
                .addArrayOfLong(amounts(entries, DayUsage.Entry::grossNano))
                .addArrayOfLong(amounts(entries, DayUsage.Entry::discNano))
                .addArrayOfLong(amounts(entries, DayUsage.Entry::netNano));
    }

    private static Uni<Pull> note(SqlConnection connection, int account, Pull pull) {
        return run(
                        connection,
                        NOTE,
                        Tuple.from(Arrays.asList(
                                account,
                                pull.day(),
                                offset(pull.started()),
                                pull.outcome().name(),
                                pull.status(),
                                pull.items(),
                                pull.changed(),
                                pull.doubled(),
                                pull.detail())))
                .replaceWith(pull);
    }

    private static Uni<Void> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    /** Months are partitions, so that old ones can be dropped; one is made when its first day is written. */
    private static Uni<Void> partition(SqlConnection connection, YearMonth month) {
        String name = "usage_daily_%d_%02d".formatted(month.getYear(), month.getMonthValue());
        String create = "create table if not exists %s partition of usage_daily for values from ('%s') to ('%s')"
                .formatted(name, month.atDay(1), month.plusMonths(1).atDay(1));
        return connection
                .preparedQuery("select to_regclass($1) is null as missing")
                .execute(Tuple.of(name))
                .chain(rows -> rows.iterator().next().getBoolean("missing")
                        ? run(connection, create, Tuple.tuple())
                        : Uni.createFrom().voidItem());
    }

    private static String[] names(List<DayUsage.Entry> entries) {
        return entries.stream().map(DayUsage.Entry::repository).toArray(String[]::new);
    }

    private static String[] skus(List<DayUsage.Entry> entries, Function<Sku, String> part) {
        return entries.stream().map(DayUsage.Entry::sku).map(part).toArray(String[]::new);
    }

    private static Long[] amounts(List<DayUsage.Entry> entries, Function<DayUsage.Entry, Long> part) {
        return entries.stream().map(part).toArray(Long[]::new);
    }

    private static OffsetDateTime offset(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
