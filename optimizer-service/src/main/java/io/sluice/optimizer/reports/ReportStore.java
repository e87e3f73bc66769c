package io.sluice.optimizer.reports;

import io.sluice.optimizer.policies.Axis;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what reports are made of. */
@ApplicationScoped
class ReportStore {
    private static final String HOURS = """
            select budget_id, axis, unit, hour, used, saving_sum / rounds as saving, period_start
            from usage_hour where hour >= $1 and hour < $2 order by budget_id, hour""";
    private static final String ACTIONS = """
            select action, count(*) as times from audit where at >= $1 and at < $2 group by action""";

    private final Database database;

    ReportStore(Database database) {
        this.database = database;
    }

    /** Of every budget, by budget and hour. */
    Uni<List<MeteredHour>> hours(Instant from, Instant to) {
        return database.query(HOURS, between(from, to)).map(rows -> {
            List<MeteredHour> hours = new ArrayList<>();
            for (Row row : rows) {
                hours.add(new MeteredHour(
                        row.getString("budget_id"),
                        Axis.valueOf(row.getString("axis")),
                        row.getString("unit"),
                        row.getOffsetDateTime("hour").toInstant(),
                        row.getDouble("used"),
                        row.getDouble("saving"),
                        row.getOffsetDateTime("period_start").toInstant()));
            }
            return hours;
        });
    }

    /** How often each was done, by name. */
    Uni<Map<String, Long>> actions(Instant from, Instant to) {
        return database.query(ACTIONS, between(from, to)).map(rows -> {
            Map<String, Long> actions = new TreeMap<>();
            rows.forEach(row -> actions.put(row.getString("action"), row.getLong("times")));
            return actions;
        });
    }

    private static Tuple between(Instant from, Instant to) {
        return Tuple.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
    }
}
