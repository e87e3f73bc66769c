package io.sluice.lfs.thresholds;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps which thresholds were passed, and what alerting-service has yet to be told. */
@ApplicationScoped
class QuotaAlertStore {
    private static final String FIRE = """
            insert into quota_alert as q (account_id, budget_id, period, threshold, summary, description, fired_at)
            select account.id, budget_id, period, threshold, summary, description, $7
            from account, unnest($2::text[], $3::date[], $4::smallint[], $5::text[], $6::text[])
                as item (budget_id, period, threshold, summary, description)
            where lower(account.name) = lower($1)
            on conflict (account_id, budget_id, period, threshold) do update set summary = excluded.summary,
                description = excluded.description, fired_at = excluded.fired_at, resolved_at = null, settled_at = null
            where q.resolved_at is not null""";
    private static final String RESOLVE = """
            update quota_alert q set resolved_at = $5
            from account where account.id = account_id and lower(account.name) = lower($1) and resolved_at is null
                and not exists (select from unnest($2::text[], $3::date[], $4::smallint[]) as item (budget_id, period, threshold)
                    where (item.budget_id, item.period, item.threshold) = (q.budget_id, q.period, q.threshold))""";
    private static final String UNSETTLED = """
            select q.* from quota_alert q join account on account.id = account_id
            where lower(account.name) = lower($1) and settled_at is null
            order by fired_at, budget_id, threshold limit 1000""";
    private static final String SETTLE = """
            update quota_alert set settled_at = $2
            from account where account.id = account_id and lower(account.name) = lower($1)
                and resolved_at is not null and settled_at is null and resolved_at <= $3""";

    private final Database database;

    QuotaAlertStore(Database database) {
        this.database = database;
    }

    /** Makes what holds now the state: fires what is new or holds again, resolves the rest. */
    Uni<Void> hold(String organisation, List<QuotaAlert> holding, Instant now) {
        String[] budgets = holding.stream().map(QuotaAlert::budgetId).toArray(String[]::new);
        LocalDate[] periods = holding.stream().map(QuotaAlert::period).toArray(LocalDate[]::new);
        Short[] thresholds = holding.stream()
                .map(alert -> (short) alert.threshold().percent())
                .toArray(Short[]::new);
        Tuple fired = Tuple.tuple()
                .addString(organisation)
                .addArrayOfString(budgets)
                .addArrayOfLocalDate(periods)
                .addArrayOfShort(thresholds)
                .addArrayOfString(holding.stream().map(QuotaAlert::summary).toArray(String[]::new))
                .addArrayOfString(holding.stream().map(QuotaAlert::description).toArray(String[]::new))
                .addOffsetDateTime(offset(now));
        Tuple held = Tuple.tuple()
                .addString(organisation)
                .addArrayOfString(budgets)
                .addArrayOfLocalDate(periods)
                .addArrayOfShort(thresholds)
                .addOffsetDateTime(offset(now));
        return database.inTransaction(connection -> connection
                .preparedQuery(FIRE)
                .execute(fired)
                .chain(() -> connection.preparedQuery(RESOLVE).execute(held))
                .replaceWithVoid());
    }

    /** What holds, and what was resolved without alerting-service knowing. */
    Uni<List<QuotaAlert>> unsettled(String organisation) {
        return database.query(UNSETTLED, Tuple.of(organisation))
                .map(rows -> rows.stream().map(QuotaAlertStore::alert).toList());
    }

    /** Alerting-service knows what was resolved until {@code resolvedBy}. */
    Uni<Void> settle(String organisation, Instant now, Instant resolvedBy) {
        return database.query(SETTLE, Tuple.of(organisation, offset(now), offset(resolvedBy)))
                .replaceWithVoid();
    }

    private static QuotaAlert alert(Row row) {
        return new QuotaAlert(
                row.getString("budget_id"),
                row.getLocalDate("period"),
                Threshold.of(row.getShort("threshold")),
                row.getString("summary"),
                row.getString("description"),
                row.getOffsetDateTime("fired_at").toInstant(),
                instant(row.getOffsetDateTime("resolved_at")));
    }

    private static OffsetDateTime offset(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
