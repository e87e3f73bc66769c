package io.sluice.alerting.outbox;

import io.sluice.alerting.message.Message;
import io.sluice.alerting.message.MessageJson;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Notifications and their deliveries. Leases and due times are by the database's clock. */
@ApplicationScoped
public class OutboxStore {
    private final Database database;
    private final MessageJson json;

    OutboxStore(Database database, MessageJson json) {
        this.database = database;
        this.json = json;
    }

    /** A notification to be written in the caller's transaction. */
    public record Draft(String groupId, Kind kind, Message message, Instant acceptedAt) {}

    /** Writes notifications with one delivery for each channel; they leave when the transaction is committed. */
    public Uni<Void> add(SqlConnection transaction, List<Draft> drafts, String[] channels) {
        if (drafts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery("""
                        with fresh as (
                            insert into notification (receiver, group_id, kind, message, accepted_at)
                            select r, g, k, m::jsonb, a
                            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
                                with ordinality as t (r, g, k, m, a, n) order by n
                            returning id, group_id)
                        insert into delivery (notification_id, channel, group_id)
                        select fresh.id, channel, fresh.group_id from fresh cross join unnest($6::text[]) as channel""")
                .execute(Tuple.tuple(List.of(
                        drafts.stream().map(d -> d.message().receiver()).toArray(String[]::new),
                        drafts.stream().map(Draft::groupId).toArray(String[]::new),
                        drafts.stream().map(d -> d.kind().name()).toArray(String[]::new),
                        drafts.stream().map(d -> json.write(d.message())).toArray(String[]::new),
                        drafts.stream()
                                .map(d -> d.acceptedAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        channels)))
                .replaceWithVoid();
    }

    /** Writes a test notification unless one with this key is there; answers its id. */
    Uni<Long> addTest(String key, Message message, String[] channels) {
        return database.query("""
                        with fresh as (
                            insert into notification (receiver, group_id, kind, dedup_key, message, accepted_at)
                            values ($1, 'test-' || md5($2), 'TEST', $2, $3::text::jsonb, now())
                            on conflict (dedup_key) do nothing
                            returning id, group_id), sent as (
                            insert into delivery (notification_id, channel, group_id)
                            select fresh.id, channel, fresh.group_id from fresh cross join unnest($4::text[]) as channel)
                        select id from fresh union all select id from notification where dedup_key = $2""", Tuple.of(message.receiver(), key, json.write(message), channels))
                .map(rows -> rows.iterator().next().getLong("id"));
    }

    /**
     * Claims what is due for a channel: the oldest of each group only, and nothing while the destination asked for a pause.
     *
     * @param except deliveries of this process whose end is not recorded yet
     */
    Uni<List<Parcel>> claim(String channel, int most, Duration lease, Collection<Long> except) {
        return database.query("""
                        with due as (
                            select c.id from delivery c
                            where c.channel = $1 and c.state = 'PENDING' and c.due_at <= now()
                                and (c.lease_until is null or c.lease_until < now())
                                and c.id <> all ($4::bigint[])
                                and not exists (select 1 from destination where channel = $1 and paused_until > now())
                                and not exists (
                                    select 1 from delivery e where e.channel = $1 and e.group_id = c.group_id
                                        and e.notification_id < c.notification_id and e.state = 'PENDING')
                            order by c.due_at, c.id limit $2 for update skip locked)
                        update delivery d set attempts = d.attempts + 1, lease_until = now() + $3 * interval '1 millisecond'
                        from due, notification n
                        where d.id = due.id and n.id = d.notification_id
                        returning d.id, d.idempotency_key, d.group_id, d.attempts, n.accepted_at, n.created_at,
                            n.message::text as message""", Tuple.of(channel, most, (double) lease.toMillis(), except.toArray(Long[]::new)))
                .map(this::parcels);
    }

    /** Ends a delivery. */
    Uni<Void> sent(long id, String channel) {
        return database.query("""
                        with done as (
                            update delivery set state = 'SENT', done_at = now(), lease_until = null, last_error = null
                            where id = $1 and state <> 'SENT')
                        insert into destination (channel) values ($2)
                        on conflict (channel) do update set failures = 0, last_error = null
                        where destination.failures > 0 or destination.last_error is not null""", Tuple.of(id, channel)).replaceWithVoid();
    }

    /** Ends a delivery that the destination will never take, or that was given up. */
    Uni<Void> failed(long id, String channel, String reason) {
        return database.query("""
                        with done as (
                            update delivery set state = 'FAILED', done_at = now(), lease_until = null, last_error = $3
                            where id = $1 and state = 'PENDING')
                        insert into destination (channel, failures, last_error) values ($2, 1, $3)
                        on conflict (channel) do update
                        set failures = destination.failures + 1, last_error = $3""", Tuple.of(id, channel, reason)).replaceWithVoid();
    }

    /** Puts a delivery off, and, when {@code pause} is above zero, everything else for the destination, too. */
    Uni<Void> later(long id, String channel, String reason, Duration wait, Duration pause) {
        return database.query("""
                        with put_off as (
                            update delivery set lease_until = null, last_error = $3,
                                due_at = now() + $4 * interval '1 millisecond'
                            where id = $1 and state = 'PENDING')
                        insert into destination (channel, failures, last_error, paused_until)
                        values ($2, 1, $3, now() + $5 * interval '1 millisecond')
                        on conflict (channel) do update set failures = destination.failures + 1, last_error = $3,
                            paused_until = greatest(destination.paused_until, excluded.paused_until)""", Tuple.of(id, channel, reason, (double) wait.toMillis(), (double) pause.toMillis()))
                .replaceWithVoid();
    }

    /** Forgets notifications that ended longer ago than {@code age}. */
    Uni<Integer> forget(Duration age) {
        return database.query("""
                        delete from notification n where n.created_at < now() - $1 * interval '1 second'
                            and not exists (
                                select 1 from delivery d where d.notification_id = n.id and d.state = 'PENDING')""", Tuple.of((double) age.toSeconds())).map(RowSet::rowCount);
    }

    /** What waits, over all channels. */
    Uni<Lag> lag() {
        return database.query("""
                        select count(*) as waiting,
                            coalesce(extract(epoch from now() - min(n.created_at)), 0)::float8 as oldest
                        from delivery d join notification n on n.id = d.notification_id where d.state = 'PENDING'""").map(rows -> {
            Row row = rows.iterator().next();
            return new Lag(row.getLong("waiting"), row.getDouble("oldest"));
        });
    }

    /**
     * @param waiting deliveries not ended
     * @param oldestSeconds age of the oldest of them
     */
    record Lag(long waiting, double oldestSeconds) {}

    private List<Parcel> parcels(RowSet<Row> rows) {
        List<Parcel> parcels = new ArrayList<>(rows.rowCount());
        for (Row row : rows) {
            parcels.add(new Parcel(
                    row.getLong("id"),
                    row.getUUID("idempotency_key"),
                    row.getString("group_id"),
                    json.read(row.getString("message")),
                    row.getInteger("attempts"),
                    row.getOffsetDateTime("accepted_at").toInstant(),
                    row.getOffsetDateTime("created_at").toInstant()));
        }
        return parcels;
    }
}
