package io.sluice.gateway.purge;

import io.sluice.gateway.vendors.PurgeCall;
import io.sluice.gateway.vendors.PurgeOperation;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Purges as jobs: created, read, cancelled, forgotten. Their calls are worked off through {@link PurgeQueueStore}. */
@ApplicationScoped
class PurgeStore {
    private static final String CREATE = """
            insert into purge (operation, items, soft, actor, idempotency_key, request_sha256)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (actor, idempotency_key) do nothing
            returning id""";
    private static final String CALL = """
            insert into purge_call (purge, cdn, operation, items, soft) values ($1, $2, $3, $4, $5)""";
    private static final String REPEATED = """
            select id, request_sha256 from purge where actor = $1 and idempotency_key = $2""";
    private static final String COLUMNS = """
            select id, operation, items[1:20] as items, cardinality(items) as named, soft, actor, state, created_at, finished_at
            from purge p""";
    private static final String ONE = COLUMNS + " where id = $1";
    private static final String LIST = COLUMNS + """
             where ($1::bigint is null or id < $1)
              and ($2::text is null or state = $2)
              and ($3::text is null or exists (select from purge_call c where c.purge = p.id and c.cdn = $3))
            order by id desc
            limit $4""";
    private static final String PROGRESS = """
            select purge, cdn, bool_or(soft) as soft, count(*) as calls,
                count(*) filter (where state = 'DONE') as done,
                count(*) filter (where state = 'FAILED') as failed,
                count(*) filter (where state = 'CANCELLED') as cancelled,
                count(*) filter (where state in ('ACCEPTED', 'VERIFYING')) as accepted,
                count(*) filter (where verified = 'FRESH') as verified,
                min(next_at) filter (where state in ('WAITING', 'ACCEPTED', 'VERIFYING')) as next_at,
                max(error) as error, max(reference) as reference
            from purge_call where purge = any($1) group by purge, cdn order by purge, cdn""";
    private static final String CANCEL = """
            update purge_call set state = 'CANCELLED'
            where purge = $1 and state = 'WAITING' and (lease_until is null or lease_until < now())""";
    private static final String FORGET = """
            delete from purge where id in (
                select id from purge where finished_at < now() - $1 * interval '1 second' limit 1000)""";
    private static final String ORPHANS = """
            update purge_call set state = 'FAILED', error = 'the CDN was removed'
            where state in ('WAITING', 'ACCEPTED', 'VERIFYING') and cdn not in (select name from cdn)
            returning purge""";

    private final Database database;

    PurgeStore(Database database) {
        this.database = database;
    }

    /**
     * A new job, or the one that was made by the same key.
     *
     * @throws KeyReused as a failure, when the key was used for another request
     */
    Uni<Long> create(Scope scope, boolean soft, String actor, @Nullable String key, String digest, List<Plan> plans) {
        Tuple job = Tuple.tuple()
                .addString(scope.operation().name())
                .addArrayOfString(scope.values().toArray(String[]::new))
                .addBoolean(soft)
                .addString(actor)
                .addString(key)
                .addString(digest);
        return database.inTransaction(connection -> connection
                .preparedQuery(CREATE)
                .execute(job)
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        return repeated(connection, actor, String.valueOf(key), digest);
                    }
                    long id = rows.iterator().next().getLong("id");
                    return connection
                            .preparedQuery(CALL)
                            .executeBatch(calls(id, plans))
                            .replaceWith(id);
                }));
    }

    Uni<Optional<PurgeView>> find(long id) {
        return database.query(ONE, Tuple.of(id))
                .chain(this::withProgress)
                .map(found -> found.stream().findFirst());
    }

    /** Newest first. */
    Uni<List<PurgeView>> list(@Nullable Long before, @Nullable String state, @Nullable String cdn, int limit) {
        Tuple filter =
                Tuple.tuple().addLong(before).addString(state).addString(cdn).addInteger(limit);
        return database.query(LIST, filter).chain(this::withProgress);
    }

    /** Stops the calls that were not sent yet. */
    Uni<Void> cancel(long id) {
        return database.inTransaction(connection -> PurgeQueueStore.lock(connection, id)
                .chain(() -> connection.preparedQuery(CANCEL).execute(Tuple.of(id)))
                .chain(() -> PurgeQueueStore.settle(connection, id)));
    }

    /** Drops what has been finished for longer than {@code keep}, and fails what waits for CDNs that are gone. */
    Uni<Void> tidy(Duration keep) {
        return database.query(FORGET, Tuple.of(keep.toSeconds()))
                .chain(() -> database.inTransaction(
                        connection -> connection.query(ORPHANS).execute().chain(rows -> settleAll(connection, rows))));
    }

    private static Uni<Void> settleAll(SqlConnection connection, RowSet<Row> rows) {
        Uni<Void> all = Uni.createFrom().voidItem();
        List<Long> purges = new ArrayList<>();
        rows.forEach(row -> purges.add(row.getLong("purge")));
        for (long purge : purges.stream().distinct().toList()) {
            all = all.chain(() -> PurgeQueueStore.settle(connection, purge));
        }
        return all;
    }

    private static Uni<Long> repeated(SqlConnection connection, String actor, String key, String digest) {
        return connection.preparedQuery(REPEATED).execute(Tuple.of(actor, key)).map(rows -> {
            Row row = rows.iterator().next();
            if (!row.getString("request_sha256").equals(digest)) {
                throw new KeyReused();
            }
            return row.getLong("id");
        });
    }

    private static List<Tuple> calls(long id, List<Plan> plans) {
        List<Tuple> tuples = new ArrayList<>();
        for (Plan plan : plans) {
            for (PurgeCall call : plan.calls()) {
                tuples.add(Tuple.tuple()
                        .addLong(id)
                        .addString(plan.cdn().name())
                        .addString(call.operation().name())
                        .addArrayOfString(call.values().toArray(String[]::new))
                        .addBoolean(call.soft()));
            }
        }
        return tuples;
    }

    private Uni<List<PurgeView>> withProgress(RowSet<Row> purges) {
        Long[] ids = mapped(purges, row -> row.getLong("id")).toArray(Long[]::new);
        return database.query(PROGRESS, Tuple.tuple().addArrayOfLong(ids))
                .map(rows -> mapped(purges, row -> view(row, mapped(rows, Function.identity()))));
    }

    private static PurgeView view(Row row, List<Row> progress) {
        long id = row.getLong("id");
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        return new PurgeView(
                Long.toString(id),
                PurgeState.valueOf(row.getString("state")),
                PurgeOperation.valueOf(row.getString("operation")),
                List.of(row.getArrayOfStrings("items")),
                row.getInteger("named"),
                row.getBoolean("soft"),
                row.getString("actor"),
                row.getOffsetDateTime("created_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                progress.stream()
                        .filter(cdn -> cdn.getLong("purge") == id)
                        .map(PurgeStore::cdn)
                        .toList());
    }

    private static PurgeView.AtCdn cdn(Row row) {
        OffsetDateTime next = row.getOffsetDateTime("next_at");
        return new PurgeView.AtCdn(
                row.getString("cdn"),
                row.getLong("calls"),
                row.getLong("done"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("accepted"),
                row.getLong("verified"),
                row.getBoolean("soft"),
                next == null ? null : next.toInstant(),
                row.getString("error"),
                row.getString("reference"));
    }

    private static <T> List<T> mapped(RowSet<Row> rows, Function<Row, T> mapper) {
        List<T> items = new ArrayList<>();
        rows.forEach(row -> items.add(mapper.apply(row)));
        return items;
    }
}
