package io.sluice.gateway.jobs;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one kind of job as a queue. A claim is a lease by the clock of PostgreSQL; a result counts only from the claim
 * that is the latest. The kind has two tables: {@code x} with the jobs and {@code x_call} with their calls.
 *
 * @param <T> what a call is
 */
public final class JobQueueStore<T> {
    private static final String DUE = """
            select distinct cdn from {x}_call
            where state in ('WAITING', 'ACCEPTED', 'VERIFYING') and next_at <= now()
              and (lease_until is null or lease_until < now())""";
    private static final String CLAIM = """
            with due as (
                select id from {x}_call
                where cdn = $1 and state in ('WAITING', 'ACCEPTED', 'VERIFYING') and next_at <= now()
                  and (lease_until is null or lease_until < now())
                  and (not $4 or state <> 'WAITING'
                    or not exists (select from {x}_call o where o.cdn = $1 and o.state = 'ACCEPTED'))
                order by state, next_at, id
                limit $2
                for update skip locked)
            update {x}_call c
            set lease_until = now() + $3 * interval '1 second', fence = fence + 1
            from due where c.id = due.id
            returning c.*, coalesce(extract(epoch from now() - c.accepted_at), 0)::float8 as since_accepted""";
    private static final String MOVE = """
            update {x}_call
            set state = $3, attempts = $4, next_at = now() + $5 * interval '1 second', lease_until = null,
                reference = coalesce($6, reference), error = $7, verified = coalesce($8, verified),
                accepted_at = case when $9 then now() else accepted_at end
            where id = $1 and fence = $2""";
    private static final String LOCK = "select from {x} where id = $1 for update";
    private static final String SETTLE = """
            update {x} j
            set state = s.state, finished_at = now()
            from (
                select case
                    when bool_or(state in ('WAITING', 'ACCEPTED', 'VERIFYING')) then 'RUNNING'
                    when bool_or(state = 'CANCELLED') then 'CANCELLED'
                    when bool_and(state = 'DONE') then 'DONE'
                    when bool_or(state = 'DONE') then 'PARTIAL'
                    else 'FAILED' end as state
                from {x}_call where {x} = $1) s
            where j.id = $1 and j.state = 'RUNNING' and s.state <> 'RUNNING'""";
    private static final String CANCEL = """
            update {x}_call set state = 'CANCELLED'
            where {x} = $1 and state = 'WAITING' and (lease_until is null or lease_until < now())""";
    private static final String FORGET = """
            delete from {x} where id in (
                select id from {x} where finished_at < now() - $1 * interval '1 second' limit 1000)""";
    private static final String ORPHANS = """
            update {x}_call set state = 'FAILED', error = 'the CDN was removed'
            where state in ('WAITING', 'ACCEPTED', 'VERIFYING') and cdn not in (select name from cdn)
            returning {x} as job""";

    private final Database database;
    private final String tables;
    private final Function<Row, T> read;

    /**
     * @param tables name of the table of the jobs, which begins the name of the table of their calls, too
     * @param read makes a call of its row
     */
    public JobQueueStore(Database database, String tables, Function<Row, T> read) {
        this.database = database;
        this.tables = tables;
        this.read = read;
    }

    /** CDNs that have something to do now. */
    public Uni<List<String>> due() {
        return database.query(sql(DUE)).map(rows -> mapped(rows, row -> row.getString("cdn")));
    }

    /** @param oneAtATime whether nothing new may be sent while the CDN is at something */
    public Uni<List<Claim<T>>> claim(String cdn, int limit, Duration lease, boolean oneAtATime) {
        return database.query(sql(CLAIM), Tuple.of(cdn, limit, seconds(lease), oneAtATime))
                .map(rows -> mapped(rows, this::claim));
    }

    /** To be tried again, in the same step. */
    public Uni<Void> later(Claim<T> call, int attempts, Duration pause, @Nullable String error) {
        return move(call, call.step().name(), attempts, pause, null, error, null, false);
    }

    /** Sent; {@code next} is what comes then. */
    public Uni<Void> accepted(Claim<T> call, Claim.Step next, Duration pause, @Nullable String reference) {
        return move(call, next.name(), 0, pause, reference, null, null, true);
    }

    /** It is completed. */
    public Uni<Void> verifying(Claim<T> call, Duration pause) {
        return move(call, Claim.Step.VERIFYING.name(), 0, pause, null, null, null, false);
    }

    /** @param verified what a fetch afterwards proved */
    public Uni<Void> done(Claim<T> call, @Nullable String reference, @Nullable Enum<?> verified) {
        return move(
                call,
                "DONE",
                call.attempts(),
                Duration.ZERO,
                reference,
                null,
                verified == null ? null : verified.name(),
                call.step() == Claim.Step.WAITING);
    }

    public Uni<Void> failed(Claim<T> call, String error) {
        return move(call, "FAILED", call.attempts() + 1, Duration.ZERO, null, error, null, false);
    }

    /** Stops the calls that were not sent yet. */
    public Uni<Void> cancel(long job) {
        return database.inTransaction(connection -> lock(connection, job)
                .chain(() -> connection.preparedQuery(sql(CANCEL)).execute(Tuple.of(job)))
                .chain(() -> settle(connection, job)));
    }

    /** Drops what has been finished for longer than {@code keep}, and fails what waits for CDNs that are gone. */
    public Uni<Void> tidy(Duration keep) {
        return database.query(sql(FORGET), Tuple.of(seconds(keep)))
                .chain(() -> database.inTransaction(connection ->
                        connection.query(sql(ORPHANS)).execute().chain(rows -> settleAll(connection, rows))));
    }

    private Uni<Void> move(
            Claim<T> call,
            String state,
            int attempts,
            Duration pause,
            @Nullable String reference,
            @Nullable String error,
            @Nullable String verified,
            boolean accepted) {
        Tuple tuple = Tuple.tuple()
                .addLong(call.id())
                .addLong(call.fence())
                .addString(state)
                .addInteger(attempts)
                .addDouble(seconds(pause))
                .addString(reference)
                .addString(error)
                .addString(verified)
                .addBoolean(accepted);
        return database.inTransaction(connection -> lock(connection, call.job())
                .chain(() -> connection.preparedQuery(sql(MOVE)).execute(tuple))
                .chain(() -> settle(connection, call.job())));
    }

    /** Makes changes of one job wait for one another, so that the last one sees that it is the last. */
    private Uni<Void> lock(SqlConnection connection, long job) {
        return connection.preparedQuery(sql(LOCK)).execute(Tuple.of(job)).replaceWithVoid();
    }

    /** Finishes a job whose calls are all finished. */
    private Uni<Void> settle(SqlConnection connection, long job) {
        return connection.preparedQuery(sql(SETTLE)).execute(Tuple.of(job)).replaceWithVoid();
    }

    private Uni<Void> settleAll(SqlConnection connection, RowSet<Row> rows) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (long job :
                mapped(rows, row -> row.getLong("job")).stream().distinct().toList()) {
            all = all.chain(() -> settle(connection, job));
        }
        return all;
    }

    private Claim<T> claim(Row row) {
        return new Claim<>(
                row.getLong("id"),
                row.getLong(tables),
                row.getString("cdn"),
                read.apply(row),
                Claim.Step.valueOf(row.getString("state")),
                row.getInteger("attempts"),
                row.getLong("fence"),
                row.getString("reference"),
                Duration.ofMillis(Math.round(row.getDouble("since_accepted") * 1000)));
    }

    private String sql(String text) {
        return text.replace("{x}", tables);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <R> List<R> mapped(RowSet<Row> rows, Function<Row, R> mapper) {
        List<R> items = new ArrayList<>();
        rows.forEach(row -> items.add(mapper.apply(row)));
        return items;
    }
}
