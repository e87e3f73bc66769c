package io.sluice.alerting.intake;

import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.alert.AlertRows;
import io.sluice.alerting.alert.LabelJson;
import io.sluice.alerting.groups.GroupKey;
import io.sluice.alerting.groups.RouteConfig;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Merges reports into what is stored, and sets the timers of groups that change. Locks groups first, then alerts, in order. */
@ApplicationScoped
class IntakeStore {
    private final Database database;
    private final RouteConfig route;
    private final LabelJson json;
    private final AlertRows alertRows;

    IntakeStore(Database database, RouteConfig route, LabelJson json, AlertRows alertRows) {
        this.database = database;
        this.route = route;
        this.json = json;
        this.alertRows = alertRows;
    }

    private record Stored(Alert alert, OffsetDateTime receivedAt) {}

    /** Commits all or nothing; answers whether anything is new or over. */
    Uni<Boolean> keep(List<Alert> reports) {
        SortedMap<String, GroupKey> groups = new TreeMap<>();
        Map<String, String> groupOf = new HashMap<>();
        for (Alert report : reports) {
            GroupKey key = GroupKey.of(report.labels(), route.groupBy());
            String id = groupOf.computeIfAbsent(report.fingerprint(), fingerprint -> key.id());
            groups.putIfAbsent(id, key);
        }
        return database.inTransaction(transaction -> lockGroups(transaction, groups)
                .flatMap(locked -> stored(transaction, groupOf.keySet()))
                .flatMap(stored -> merge(transaction, reports, groupOf, stored)));
    }

    private Uni<Boolean> merge(
            SqlConnection transaction, List<Alert> reports, Map<String, String> groupOf, Map<String, Stored> stored) {
        SortedMap<String, Stored> merged = new TreeMap<>();
        TreeSet<String> changed = new TreeSet<>();
        for (Alert report : reports) {
            String fingerprint = report.fingerprint();
            Stored before = merged.getOrDefault(fingerprint, stored.get(fingerprint));
            boolean firedBefore = before != null && fires(before.alert(), report);
            Alert after = before == null ? report : before.alert().then(report);
            if (firedBefore != fires(after, report)) {
                changed.add(groupOf.getOrDefault(fingerprint, ""));
            }
            OffsetDateTime receivedAt = before != null && firedBefore
                    ? before.receivedAt()
                    : report.updatedAt().atOffset(ZoneOffset.UTC);
            merged.put(fingerprint, new Stored(after, receivedAt));
        }
        return write(transaction, merged, groupOf)
                .flatMap(written -> changed.isEmpty() ? Uni.createFrom().item(0) : wake(transaction, changed))
                .map(woken -> !changed.isEmpty());
    }

    private static boolean fires(Alert alert, Alert report) {
        return !alert.resolved() && alert.endsAt().isAfter(report.updatedAt());
    }

    private Uni<Integer> lockGroups(SqlConnection transaction, SortedMap<String, GroupKey> groups) {
        Collection<GroupKey> keys = groups.values();
        return transaction
                .preparedQuery("""
                        insert into alert_group (id, group_key, labels, received_at)
                        select id, key, labels::jsonb, now()
                        from unnest($1::text[], $2::text[], $3::text[]) as t (id, key, labels) order by id
                        on conflict (id) do update set received_at = now()""")
                .execute(Tuple.of(
                        groups.keySet().toArray(String[]::new),
                        keys.stream().map(GroupKey::text).toArray(String[]::new),
                        keys.stream().map(key -> json.write(key.labels())).toArray(String[]::new)))
                .map(rows -> rows.rowCount());
    }

    private Uni<Map<String, Stored>> stored(SqlConnection transaction, Collection<String> fingerprints) {
        return transaction
                .preparedQuery("""
                        select fingerprint, labels::text as labels, annotations::text as annotations, starts_at, ends_at,
                            updated_at, received_at, timeout, resolved, generator_url
                        from alert where fingerprint = any ($1) order by fingerprint for update""")
                .execute(Tuple.of(fingerprints.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Stored> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(
                                row.getString("fingerprint"),
                                new Stored(alertRows.alert(row), row.getOffsetDateTime("received_at")));
                    }
                    return found;
                });
    }

    private Uni<Integer> write(
            SqlConnection transaction, SortedMap<String, Stored> merged, Map<String, String> groupOf) {
        return transaction
                .preparedQuery("""
                        insert into alert (fingerprint, group_id, labels, annotations, starts_at, ends_at, updated_at,
                            received_at, timeout, resolved, generator_url, told)
                        select f, g, l::jsonb, a::jsonb, s, e, u, r, t, o, url, false
                        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                            $7::timestamptz[], $8::timestamptz[], $9::boolean[], $10::boolean[], $11::text[])
                            as x (f, g, l, a, s, e, u, r, t, o, url) order by f
                        on conflict (fingerprint) do update set annotations = excluded.annotations,
                            starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                            updated_at = excluded.updated_at, received_at = excluded.received_at,
                            timeout = excluded.timeout, resolved = excluded.resolved,
                            generator_url = excluded.generator_url""")
                .execute(Tuple.tuple(List.of(
                        merged.keySet().toArray(String[]::new),
                        merged.keySet().stream().map(groupOf::get).toArray(String[]::new),
                        texts(merged, alert -> json.write(alert.labels())),
                        texts(merged, alert -> json.write(alert.annotations())),
                        times(merged, stored -> stored.alert().startsAt().atOffset(ZoneOffset.UTC)),
                        times(merged, stored -> stored.alert().endsAt().atOffset(ZoneOffset.UTC)),
                        times(merged, stored -> stored.alert().updatedAt().atOffset(ZoneOffset.UTC)),
                        times(merged, Stored::receivedAt),
                        merged.values().stream().map(s -> s.alert().timeout()).toArray(Boolean[]::new),
                        merged.values().stream().map(s -> s.alert().resolved()).toArray(Boolean[]::new),
                        texts(merged, Alert::generatorUrl))))
                .map(rows -> rows.rowCount());
    }

    private Uni<Integer> wake(SqlConnection transaction, Collection<String> groups) {
        return transaction
                .preparedQuery("""
                        update alert_group set due_at = least(due_at, greatest(
                            now() + $2 * interval '1 millisecond', notified_at + $3 * interval '1 millisecond'))
                        where id = any ($1)""")
                .execute(Tuple.of(
                        groups.toArray(String[]::new),
                        (double) route.groupWait().toMillis(),
                        (double) route.groupInterval().toMillis()))
                .map(rows -> rows.rowCount());
    }

    private static String[] texts(SortedMap<String, Stored> merged, Function<Alert, String> text) {
        return merged.values().stream().map(Stored::alert).map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(SortedMap<String, Stored> merged, Function<Stored, OffsetDateTime> time) {
        return merged.values().stream().map(time).toArray(OffsetDateTime[]::new);
    }
}
