package io.sluice.lfs.billing;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what has been pulled, and when. */
@ApplicationScoped
class PulledStore {
    private static final String DAYS = """
            select day, pulled_at, encode(body_sha256, 'hex') as sha256, etag, suspect, requested_at
            from billing_day join account on account.id = account_id
            where lower(account.name) = lower($1) and (day >= $2 or requested_at is not null)""";
    private static final String PULLS = """
            select p.* from billing_pull p join account on account.id = account_id
            where lower(account.name) = lower($1) and p.id < $2 order by p.id desc limit $3""";

    private final Database database;

    PulledStore(Database database) {
        this.database = database;
    }

    /** Where days stand: all from {@code since} on, and those that an operator asked for. */
    Uni<Map<LocalDate, BilledDay>> days(String organisation, LocalDate since) {
        return database.query(DAYS, Tuple.of(organisation, since)).map(rows -> {
            Map<LocalDate, BilledDay> days = new TreeMap<>();
            rows.forEach(row -> days.put(row.getLocalDate("day"), day(row)));
            return days;
        });
    }

    /** The latest pulls, youngest first, with an id below {@code before}. */
    Uni<List<Pull>> pulls(String organisation, long before, int limit) {
        return database.query(PULLS, Tuple.of(organisation, before, limit))
                .map(rows -> rows.stream().map(PulledStore::pull).toList());
    }

    private static BilledDay day(Row row) {
        return new BilledDay(
                row.getLocalDate("day"),
                instant(row, "pulled_at"),
                row.getString("sha256"),
                row.getString("etag"),
                row.getBoolean("suspect"),
                instant(row, "requested_at"));
    }

    private static Pull pull(Row row) {
        Instant started = row.getOffsetDateTime("started").toInstant();
        return new Pull(
                row.getLong("id"),
                row.getLocalDate("day"),
                started,
                Outcome.valueOf(row.getString("outcome")),
                row.getInteger("status"),
                row.getInteger("items"),
                row.getInteger("changed"),
                row.getInteger("doubled"),
                row.getString("detail"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
