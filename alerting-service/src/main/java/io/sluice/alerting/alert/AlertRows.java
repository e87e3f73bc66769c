package io.sluice.alerting.alert;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads an alert from a row of table {@code alert} whose JSON columns are selected as text. */
@ApplicationScoped
public class AlertRows {
    private final LabelJson json;

    AlertRows(LabelJson json) {
        this.json = json;
    }

    public Alert alert(Row row) {
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
