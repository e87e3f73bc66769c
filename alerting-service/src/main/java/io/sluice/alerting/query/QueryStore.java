package io.sluice.alerting.query;

import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.alert.LabelJson;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Reads what fires. */
@ApplicationScoped
class QueryStore {
    private final Database database;
    private final LabelJson json;

    QueryStore(Database database, LabelJson json) {
        this.database = database;
        this.json = json;
    }

    /** Alerts that have not ended, by fingerprint. */
    Uni<List<Alert>> firing() {
        return database.query("""
                        select fingerprint, labels::text as labels, annotations::text as annotations, starts_at, ends_at,
                            updated_at, timeout, resolved, generator_url
                        from alert where not resolved and ends_at > now() order by fingerprint""").map(rows -> {
            List<Alert> alerts = new ArrayList<>(rows.rowCount());
            for (Row row : rows) {
                alerts.add(alert(row));
            }
            return alerts;
        });
    }

    /** How many have not ended. */
    Uni<Long> countFiring() {
        return database.query("select count(*) as n from alert where not resolved and ends_at > now()")
                .map(rows -> rows.iterator().next().getLong("n"));
    }

    private Alert alert(Row row) {
        return new Alert(
                row.getString("fingerprint"),
                json.read(row.getString("labels")),
                json.read(row.getString("annotations")),
                row.getOffsetDateTime("starts_at").toInstant(),
                row.getOffsetDateTime("ends_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                row.getBoolean("timeout"),
                row.getBoolean("resolved"),
                row.getString("generator_url"));
    }
}
