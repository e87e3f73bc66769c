package io.sluice.gateway.purge;

import io.sluice.gateway.vendors.Allowance;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls as a queue, and the vendors' token buckets. A claim is a lease by the clock of PostgreSQL; a result counts only from
 * the claim that is the latest.
 */
@ApplicationScoped
class PurgeQueueStore {
    private static final String DUE = """
            select distinct cdn from purge_call
            where state in ('WAITING', 'ACCEPTED', 'VERIFYING') and next_at <= now()
              and (lease_until is null or lease_until < now())""";
    private static final String CLAIM = """
            with due as (
                select id from purge_call
                where cdn = $1 and state in ('WAITING', 'ACCEPTED', 'VERIFYING') and next_at <= now()
                  and (lease_until is null or lease_until < now())
                  and (not $4 or state <> 'WAITING'
                    or not exists (select from purge_call o where o.cdn = $1 and o.state = 'ACCEPTED'))
                order by state, next_at, id
                limit $2
                for update skip locked)
            update purge_call c
            set lease_until = now() + $3 * interval '1 second', fence = fence + 1
            from due where c.id = due.id
            returning c.id, c.purge, c.cdn, c.operation, c.items, c.soft, c.state, c.attempts, c.fence, c.reference,
                coalesce(extract(epoch from now() - c.accepted_at), 0)::float8 as since_accepted""";
    private static final String MOVE = """
            update purge_call
            set state = $3, attempts = $4, next_at = now() + $5 * interval '1 second', lease_until = null,
                reference = coalesce($6, reference), error = $7, verified = coalesce($8, verified),
                accepted_at = case when $9 then now() else accepted_at end
            where id = $1 and fence = $2""";
    private static final String LOCK = "select from purge where id = $1 for update";
    private static final String SETTLE = """
            update purge p
            set state = s.state, finished_at = now()
            from (
                select case
                    when bool_or(state in ('WAITING', 'ACCEPTED', 'VERIFYING')) then 'RUNNING'
                    when bool_or(state = 'CANCELLED') then 'CANCELLED'
                    when bool_and(state = 'DONE') then 'DONE'
                    when bool_or(state = 'DONE') then 'PARTIAL'
                    else 'FAILED' end as state
                from purge_call where purge = $1) s
            where p.id = $1 and p.state = 'RUNNING' and s.state <> 'RUNNING'""";
    private static final String TAKE = """
            insert into vendor_allowance as v (bucket, tokens) values ($1, $2::float8 - $4::float8)
            on conflict (bucket) do update
            set tokens = least($2::float8, v.tokens + extract(epoch from now() - v.at)::float8 * $3::float8) - $4::float8,
                at = now()
            where least($2::float8, v.tokens + extract(epoch from now() - v.at)::float8 * $3::float8) >= $4::float8
              and (v.blocked_until is null or v.blocked_until <= now())""";
    private static final String WAIT = """
            select greatest(
                ($4::float8 - least($2::float8, tokens + extract(epoch from now() - at)::float8 * $3::float8)) / $3::float8,
                extract(epoch from blocked_until - now())::float8, 0.02) as seconds
            from vendor_allowance where bucket = $1""";
    private static final String BLOCK = """
            update vendor_allowance set blocked_until = greatest(blocked_until, now() + $2 * interval '1 second')
            where bucket = $1""";

    private final Database database;

    PurgeQueueStore(Database database) {
        this.database = database;
    }

    /** CDNs that have something to do now. */
    Uni<List<String>> due() {
        return database.query(DUE).map(rows -> {
            List<String> cdns = new ArrayList<>();
            rows.forEach(row -> cdns.add(row.getString("cdn")));
            return cdns;
        });
    }

    /** @param oneAtATime whether nothing new may be sent while the CDN is at something */
    Uni<List<Call>> claim(String cdn, int limit, Duration lease, boolean oneAtATime) {
        return database.query(CLAIM, Tuple.of(cdn, limit, lease.toMillis() / 1000.0, oneAtATime))
                .map(PurgeQueueStore::calls);
    }

    /**
     * Takes tokens from a bucket.
     *
     * @return zero when they were there, else how long to wait
     */
    Uni<Duration> take(Allowance allowance) {
        Tuple tuple = Tuple.of(allowance.bucket(), allowance.capacity(), allowance.perSecond(), allowance.cost());
        return database.query(TAKE, tuple)
                .chain(taken -> taken.rowCount() > 0
                        ? Uni.createFrom().item(Duration.ZERO)
                        : database.query(WAIT, tuple)
                                .map(rows -> Duration.ofMillis(
                                        Math.round(rows.iterator().next().getDouble("seconds") * 1000))));
    }

    /** Keeps everybody from a bucket for a while. */
    Uni<Void> block(Allowance allowance, Duration pause) {
        return database.query(BLOCK, Tuple.of(allowance.bucket(), pause.toMillis() / 1000.0))
                .replaceWithVoid();
    }

    /** To be tried again, in the same step. */
    Uni<Void> later(Call call, int attempts, Duration pause, @Nullable String error) {
        return move(call, call.step().name(), attempts, pause, null, error, null, false);
    }

    /** Sent; {@code next} is what comes then. */
    Uni<Void> accepted(Call call, Call.Step next, Duration pause, @Nullable String reference) {
        return move(call, next.name(), 0, pause, reference, null, null, true);
    }

    /** The vendor has completed it. */
    Uni<Void> verifying(Call call, Duration pause) {
        return move(call, Call.Step.VERIFYING.name(), 0, pause, null, null, null, false);
    }

    Uni<Void> done(Call call, @Nullable String reference, @Nullable Evidence evidence) {
        return move(
                call,
                "DONE",
                call.attempts(),
                Duration.ZERO,
                reference,
                null,
                evidence == null ? null : evidence.name(),
                call.step() == Call.Step.WAITING);
    }

    Uni<Void> failed(Call call, String error) {
        return move(call, "FAILED", call.attempts() + 1, Duration.ZERO, null, error, null, false);
    }

    private Uni<Void> move(
            Call call,
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
                .addDouble(pause.toMillis() / 1000.0)
                .addString(reference)
                .addString(error)
                .addString(verified)
                .addBoolean(accepted);
        return database.inTransaction(connection -> lock(connection, call.purge())
                .chain(() -> connection.preparedQuery(MOVE).execute(tuple))
                .chain(() -> settle(connection, call.purge())));
    }

    /** Makes changes of one job wait for one another, so that the last one sees that it is the last. */
    static Uni<Void> lock(SqlConnection connection, long purge) {
        return connection.preparedQuery(LOCK).execute(Tuple.of(purge)).replaceWithVoid();
    }

    /** Finishes a job whose calls are all finished. */
    static Uni<Void> settle(SqlConnection connection, long purge) {
        return connection.preparedQuery(SETTLE).execute(Tuple.of(purge)).replaceWithVoid();
    }

    private static List<Call> calls(RowSet<Row> rows) {
        List<Call> calls = new ArrayList<>();
        for (Row row : rows) {
            calls.add(new Call(
                    row.getLong("id"),
                    row.getLong("purge"),
                    row.getString("cdn"),
                    new PurgeCall(
                            PurgeOperation.valueOf(row.getString("operation")),
                            List.of(row.getArrayOfStrings("items")),
                            row.getBoolean("soft")),
                    Call.Step.valueOf(row.getString("state")),
                    row.getInteger("attempts"),
                    row.getLong("fence"),
                    row.getString("reference"),
                    Duration.ofMillis(Math.round(row.getDouble("since_accepted") * 1000))));
        }
        return calls;
    }
}
