package io.sluice.gateway.purge;

import io.sluice.gateway.jobs.JobQueueStore;
import io.sluice.gateway.jobs.JobState;
import io.sluice.gateway.jobs.NewJobStore;
import io.sluice.gateway.vendors.PurgeCall;
import io.sluice.gateway.vendors.PurgeOperation;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Purges as jobs: created and read. Their calls are worked off through {@link #queue()}. */
@ApplicationScoped
class PurgeStore {
    private static final String CREATE = """
            insert into purge (operation, items, soft, actor, idempotency_key, request_sha256)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (actor, idempotency_key) do nothing
            returning id""";
    private static final String CALL = """
            insert into purge_call (purge, cdn, operation, items, soft) values ($1, $2, $3, $4, $5)""";
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

    private final Database database;
    private final JobQueueStore<PurgeCall> queue;
    private final NewJobStore jobs;

    PurgeStore(Database database) {
        this.database = database;
        this.jobs = new NewJobStore(database, "purge");
        this.queue = new JobQueueStore<>(database, "purge", PurgeStore::call);
    }

    /** Their calls. */
    JobQueueStore<PurgeCall> queue() {
        return queue;
    }

    /**
     * A new job, or the one that was made by the same key.
     *
     * @throws io.sluice.gateway.jobs.KeyReused as a failure, when the key was used for another request
     */
    Uni<Long> create(Scope scope, boolean soft, String actor, @Nullable String key, String digest, List<Plan> plans) {
        List<@Nullable Object> job = Arrays.asList(
                scope.operation().name(), scope.values().toArray(String[]::new), soft, actor, key, digest);
        return jobs.create(new NewJobStore.Job(CREATE, job, CALL, calls(plans)), actor, key, digest);
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

    private static List<List<Object>> calls(List<Plan> plans) {
        return plans.stream()
                .flatMap(plan -> plan.calls().stream()
                        .map(call -> List.<Object>of(
                                plan.cdn().name(),
                                call.operation().name(),
                                call.values().toArray(String[]::new),
                                call.soft())))
                .toList();
    }

    private static PurgeCall call(Row row) {
        return new PurgeCall(
                PurgeOperation.valueOf(row.getString("operation")),
                List.of(row.getArrayOfStrings("items")),
                row.getBoolean("soft"));
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
                JobState.valueOf(row.getString("state")),
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
