package io.sluice.alerting.groups;

import io.sluice.alerting.alert.AlertRows;
import io.sluice.alerting.alert.LabelJson;
import io.sluice.alerting.groups.GroupFlush.Decision;
import io.sluice.alerting.groups.GroupFlush.Member;
import io.sluice.alerting.message.Message;
import io.sluice.alerting.outbox.Channels;
import io.sluice.alerting.outbox.OutboxStore;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Groups, and what their timers do: alerts' state, the group's timer and the outbox change in one transaction. */
@ApplicationScoped
class GroupStore {
    private static final int AT_ONCE = 50;

    private final Database database;
    private final OutboxStore outbox;
    private final Channels channels;
    private final RouteConfig route;
    private final LabelJson json;
    private final AlertRows alertRows;
    private final GroupFlush flush;

    GroupStore(
            Database database,
            OutboxStore outbox,
            Channels channels,
            RouteConfig route,
            LabelJson json,
            AlertRows alertRows) {
        this.database = database;
        this.outbox = outbox;
        this.channels = channels;
        this.route = route;
        this.json = json;
        this.alertRows = alertRows;
        this.flush = new GroupFlush(route.groupInterval(), route.repeatInterval());
    }

    private record Group(
            String id,
            String key,
            SortedMap<String, String> labels,
            @Nullable Instant notifiedAt,
            Instant now) {}

    /** Looks at groups that are due; answers how many. */
    Uni<Integer> flushDue() {
        return database.inTransaction(transaction -> claim(transaction)
                .flatMap(groups -> groups.isEmpty()
                        ? Uni.createFrom().item(0)
                        : members(transaction, groups)
                                .flatMap(members -> apply(transaction, groups, members))
                                .replaceWith(groups.size())));
    }

    /**
     * Says that the service lives. After a silence of more than {@code silence}, alerts that ran out meanwhile get
     * {@code grace} to be sent again before they count as resolved.
     */
    Uni<Integer> beat(Duration silence, Duration grace) {
        return database.inTransaction(transaction -> transaction
                .preparedQuery("""
                        with before as (select at from pulse for update)
                        update alert set ends_at = now() + $2 * interval '1 second', timeout = true
                        from before
                        where before.at < now() - $1 * interval '1 second' and not resolved
                            and ends_at > before.at and ends_at < now() + $2 * interval '1 second'""")
                .execute(Tuple.of((double) silence.toSeconds(), (double) grace.toSeconds()))
                .map(RowSet::rowCount)
                .call(() -> transaction.query("update pulse set at = now()").execute()));
    }

    /** Forgets alerts that are over and told about, and groups that have none left. */
    Uni<Void> forget(Duration age) {
        return database.query("""
                        delete from alert where ends_at < now() - $1 * interval '1 second' and not told""", Tuple.of((double) age.toSeconds()))
                .flatMap(rows -> database.query("""
                        delete from alert_group g where received_at < now() - $1 * interval '1 second'
                            and not exists (select 1 from alert a where a.group_id = g.id)""", Tuple.of((double) age.toSeconds())))
                .replaceWithVoid();
    }

    private Uni<List<Group>> claim(SqlConnection transaction) {
        return transaction.preparedQuery("""
                        select id, group_key, labels::text as labels, notified_at, now() as at from alert_group
                        where due_at <= now() order by due_at limit $1 for update skip locked""").execute(Tuple.of(AT_ONCE)).map(rows -> {
            List<Group> groups = new ArrayList<>(rows.rowCount());
            for (Row row : rows) {
                groups.add(new Group(
                        row.getString("id"),
                        row.getString("group_key"),
                        json.read(row.getString("labels")),
                        instant(row.getOffsetDateTime("notified_at")),
                        row.getOffsetDateTime("at").toInstant()));
            }
            return groups;
        });
    }

    private Uni<Map<String, List<Member>>> members(SqlConnection transaction, List<Group> groups) {
        return transaction
                .preparedQuery("""
                        select group_id, fingerprint, labels::text as labels, annotations::text as annotations, starts_at,
                            ends_at, updated_at, received_at, timeout, resolved, generator_url, told
                        from alert where group_id = any ($1) and (told or (not resolved and ends_at > now()))
                        order by fingerprint for update""")
                .execute(Tuple.of(groups.stream().map(Group::id).toArray(String[]::new)))
                .map(rows -> {
                    Map<String, List<Member>> members = new HashMap<>();
                    for (Row row : rows) {
                        members.computeIfAbsent(row.getString("group_id"), id -> new ArrayList<>())
                                .add(member(row));
                    }
                    return members;
                });
    }

    private Member member(Row row) {
        return new Member(
                alertRows.alert(row),
                row.getBoolean("told"),
                row.getOffsetDateTime("received_at").toInstant());
    }

    private Uni<Void> apply(SqlConnection transaction, List<Group> groups, Map<String, List<Member>> members) {
        List<OutboxStore.Draft> drafts = new ArrayList<>();
        List<String> nowTold = new ArrayList<>();
        List<String> nowOver = new ArrayList<>();
        List<Tuple> timers = new ArrayList<>(groups.size());
        for (Group group : groups) {
            List<Member> present = members.getOrDefault(group.id(), List.of());
            Decision decision = flush.at(group.now(), present, group.notifiedAt());
            Instant notifiedAt = group.notifiedAt();
            if (decision instanceof Decision.Tell tell) {
                Message message = Message.of(
                        route.receiver(),
                        route.externalUrl(),
                        group.key(),
                        group.labels(),
                        tell.firing(),
                        tell.resolved());
                drafts.add(new OutboxStore.Draft(group.id(), tell.kind(), message, tell.acceptedAt()));
                tell.firing().forEach(alert -> nowTold.add(alert.fingerprint()));
                tell.resolved().forEach(alert -> nowOver.add(alert.fingerprint()));
                notifiedAt = group.now();
            }
            Instant dueAt = decision.dueAt();
            timers.add(Tuple.of(group.id(), offset(dueAt), dueAt == null ? null : offset(notifiedAt)));
        }
        return outbox.add(transaction, drafts, channels.names())
                .flatMap(done -> transaction
                        .preparedQuery(
                                "update alert set told = (fingerprint = any ($1::text[])) where fingerprint = any ($1::text[] || $2::text[])")
                        .execute(Tuple.of(nowTold.toArray(String[]::new), nowOver.toArray(String[]::new))))
                .flatMap(done -> transaction
                        .preparedQuery("update alert_group set due_at = $2, notified_at = $3 where id = $1")
                        .executeBatch(timers))
                .replaceWithVoid();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
