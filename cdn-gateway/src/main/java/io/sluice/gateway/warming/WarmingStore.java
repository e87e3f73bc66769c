package io.sluice.gateway.warming;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.jobs.Claim;
import io.sluice.gateway.jobs.JobQueueStore;
import io.sluice.gateway.jobs.JobState;
import io.sluice.gateway.jobs.NewJobStore;
import io.sluice.gateway.vendors.CacheAnswer;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Warmings as jobs: created and read. Their fetches are worked off through {@link #queue()}. */
@ApplicationScoped
class WarmingStore {
    private static final String CREATE = """
            insert into warming (source, named, rate, actor, idempotency_key, request_sha256, ends_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (actor, idempotency_key) do nothing
            returning id""";
    private static final String CALL = "insert into warming_call (warming, cdn, path, rate) values ($1, $2, $3, $4)";
    private static final String COLUMNS = """
            select id, source, named, rate, actor, state, created_at, finished_at, ends_at from warming w""";
    private static final String ONE = COLUMNS + " where id = $1";
    private static final String LIST = COLUMNS + """
             where ($1::bigint is null or id < $1)
              and ($2::text is null or state = $2)
              and ($3::text is null or exists (select from warming_call c where c.warming = w.id and c.cdn = $3))
            order by id desc
            limit $4""";
    private static final String PROGRESS = """
            select warming, cdn, count(*) as fetches,
                count(*) filter (where state = 'DONE') as done,
                count(*) filter (where state = 'FAILED') as failed,
                count(*) filter (where state = 'CANCELLED') as cancelled,
                count(*) filter (where before = 'HIT') as hits_before,
                count(*) filter (where before = 'MISS') as misses_before,
                count(*) filter (where verified = 'HIT') as hits_after,
                count(*) filter (where verified = 'MISS') as misses_after,
                sum(bytes)::bigint as bytes,
                min(next_at) filter (where state in ('WAITING', 'VERIFYING')) as next_at,
                max(error) as error
            from warming_call where warming = any($1) group by warming, cdn order by warming, cdn""";
    private static final String NOTE = """
            update warming_call set before = coalesce(before, $3), bytes = bytes + $4 where id = $1 and fence = $2""";
    private static final String OVER = "select id from warming where state = 'RUNNING' and ends_at <= now()";

    private final Database database;
    private final JobQueueStore<WarmingFetch> queue;
    private final NewJobStore jobs;

    WarmingStore(Database database) {
        this.database = database;
        this.jobs = new NewJobStore(database, "warming");
        this.queue = new JobQueueStore<>(
                database, "warming", row -> new WarmingFetch(row.getString("path"), row.getDouble("rate")));
    }

    /** Their fetches. */
    JobQueueStore<WarmingFetch> queue() {
        return queue;
    }

    /**
     * A new job, or the one that was made by the same key.
     *
     * @param digest of what was asked for, whatever it comes to now
     * @param endsAt when it is stopped; null for never
     * @throws io.sluice.gateway.jobs.KeyReused as a failure, when the key was used for another request
     */
    Uni<Long> create(WarmingPlan plan, String actor, @Nullable String key, String digest, @Nullable Instant endsAt) {
        List<@Nullable Object> job = Arrays.asList(
                plan.source(),
                plan.paths().size(),
                plan.rate(),
                actor,
                key,
                digest,
                endsAt == null ? null : endsAt.atOffset(ZoneOffset.UTC));
        return jobs.create(new NewJobStore.Job(CREATE, job, CALL, calls(plan)), actor, key, digest);
    }

    Uni<Optional<WarmingView>> find(long id) {
        return database.query(ONE, Tuple.of(id))
                .chain(this::withProgress)
                .map(found -> found.stream().findFirst());
    }

    /** Newest first. */
    Uni<List<WarmingView>> list(@Nullable Long before, @Nullable String state, @Nullable String cdn, int limit) {
        Tuple filter =
                Tuple.tuple().addLong(before).addString(state).addString(cdn).addInteger(limit);
        return database.query(LIST, filter).chain(this::withProgress);
    }

    /** Notes what a fetch showed; the first answer is the one that tells how it was before. */
    Uni<Void> note(Claim<WarmingFetch> call, CacheAnswer answer, long bytes) {
        return database.query(NOTE, Tuple.of(call.id(), call.fence(), answer.name(), bytes))
                .replaceWithVoid();
    }

    /** Stops those whose time is over. */
    Uni<Void> endOverdue() {
        return database.query(OVER).chain(rows -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (long id : mapped(rows, row -> row.getLong("id"))) {
                all = all.chain(() -> queue.cancel(id));
            }
            return all;
        });
    }

    /** By turns over the CDNs, so that none has to wait for the end of another. */
    private static List<List<Object>> calls(WarmingPlan plan) {
        List<List<Object>> calls = new ArrayList<>();
        for (String path : plan.paths()) {
            for (Cdn cdn : plan.cdns()) {
                calls.add(List.of(cdn.name(), path, plan.rate()));
            }
        }
        return calls;
    }

    private Uni<List<WarmingView>> withProgress(RowSet<Row> warmings) {
        Long[] ids = mapped(warmings, row -> row.getLong("id")).toArray(Long[]::new);
        return database.query(PROGRESS, Tuple.tuple().addArrayOfLong(ids))
                .map(rows -> mapped(warmings, row -> view(row, mapped(rows, Function.identity()))));
    }

    private static WarmingView view(Row row, List<Row> progress) {
        long id = row.getLong("id");
        return new WarmingView(
                Long.toString(id),
                JobState.valueOf(row.getString("state")),
                row.getString("source"),
                row.getInteger("named"),
                row.getDouble("rate"),
                row.getString("actor"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row, "finished_at"),
                instant(row, "ends_at"),
                WarmingView.REACH,
                progress.stream()
                        .filter(cdn -> cdn.getLong("warming") == id)
                        .map(WarmingStore::cdn)
                        .toList());
    }

    private static WarmingView.AtCdn cdn(Row row) {
        return new WarmingView.AtCdn(
                row.getString("cdn"),
                row.getLong("fetches"),
                row.getLong("done"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("hits_before"),
                row.getLong("misses_before"),
                ratio(row.getLong("hits_before"), row.getLong("misses_before")),
                ratio(row.getLong("hits_after"), row.getLong("misses_after")),
                row.getLong("bytes"),
                instant(row, "next_at"),
                row.getString("error"));
    }

    private static @Nullable Double ratio(long hits, long misses) {
        return hits + misses == 0 ? null : hits / (double) (hits + misses);
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static <T> List<T> mapped(RowSet<Row> rows, Function<Row, T> mapper) {
        List<T> items = new ArrayList<>();
        rows.forEach(row -> items.add(mapper.apply(row)));
        return items;
    }
}
