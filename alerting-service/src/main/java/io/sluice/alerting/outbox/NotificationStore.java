package io.sluice.alerting.outbox;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads what was told to whom. */
@ApplicationScoped
class NotificationStore {
    private static final String COLUMNS = """
            select d.id, n.id as notification, n.receiver, d.channel, n.kind, n.message ->> 'groupKey' as group_key,
                jsonb_array_length(n.message -> 'alerts') as alerts, d.idempotency_key, d.state, d.attempts,
                n.created_at, d.due_at, d.done_at, d.last_error
            from delivery d join notification n on n.id = d.notification_id
            """;

    private final Database database;

    NotificationStore(Database database) {
        this.database = database;
    }

    /** A channel that is in trouble. */
    record Trouble(String channel, int failures, String lastError) {}

    /** Those before delivery {@code before}, newest first. */
    Uni<List<DeliveryView>> page(long before, int limit) {
        return database.query(COLUMNS + "where d.id < $1 order by d.id desc limit $2", Tuple.of(before, limit))
                .map(NotificationStore::views);
    }

    /** All of one notification. */
    Uni<List<DeliveryView>> of(long notification) {
        return database.query(COLUMNS + "where n.id = $1 order by d.id", Tuple.of(notification))
                .map(NotificationStore::views);
    }

    /** Destinations whose last attempt did not work. */
    Uni<List<Trouble>> troubles() {
        return database.query("""
                        select channel, failures, last_error from destination
                        where last_error is not null order by channel""").map(rows -> {
            List<Trouble> troubles = new ArrayList<>();
            rows.forEach(row -> troubles.add(
                    new Trouble(row.getString("channel"), row.getInteger("failures"), row.getString("last_error"))));
            return troubles;
        });
    }

    private static List<DeliveryView> views(RowSet<Row> rows) {
        List<DeliveryView> views = new ArrayList<>(rows.rowCount());
        for (Row row : rows) {
            OffsetDateTime doneAt = row.getOffsetDateTime("done_at");
            views.add(new DeliveryView(
                    row.getLong("id"),
                    row.getLong("notification"),
                    row.getString("receiver"),
                    row.getString("channel"),
                    Kind.valueOf(row.getString("kind")),
                    row.getString("group_key"),
                    row.getInteger("alerts"),
                    row.getUUID("idempotency_key"),
                    row.getString("state"),
                    row.getInteger("attempts"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getOffsetDateTime("due_at").toInstant(),
                    doneAt == null ? null : doneAt.toInstant(),
                    row.getString("last_error")));
        }
        return views;
    }
}
