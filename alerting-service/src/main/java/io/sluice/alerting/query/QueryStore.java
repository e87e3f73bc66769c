package io.sluice.alerting.query;

import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.alert.AlertRows;
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
    private final AlertRows alertRows;

    QueryStore(Database database, AlertRows alertRows) {
        this.database = database;
        this.alertRows = alertRows;
    }

    /** Alerts that have not ended, by fingerprint. */
    Uni<List<Alert>> firing() {
        return database.query("""
                        select fingerprint, labels::text as labels, annotations::text as annotations, starts_at, ends_at,
                            updated_at, timeout, resolved, generator_url
                        from alert where not resolved and ends_at > now() order by fingerprint""").map(rows -> {
            List<Alert> alerts = new ArrayList<>(rows.rowCount());
            for (Row row : rows) {
                alerts.add(alertRows.alert(row));
            }
            return alerts;
        });
    }

    /** How many have not ended. */
    Uni<Long> countFiring() {
        return database.query("select count(*) as n from alert where not resolved and ends_at > now()")
                .map(rows -> rows.iterator().next().getLong("n"));
    }
}
