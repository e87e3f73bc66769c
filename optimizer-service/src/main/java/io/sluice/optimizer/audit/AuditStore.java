package io.sluice.optimizer.audit;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Appends to the audit in the transaction of what it is about, and reads it. */
@ApplicationScoped
public class AuditStore {
    // One appends at a time, whichever optimizer it is.
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('sluice.optimizer.audit'))";
    private static final String LAST = """
            select clock_timestamp() as at, seq, hash
            from (select 1) as one left join (select seq, hash from audit order by seq desc limit 1) as last on true""";
    private static final String APPEND = """
            insert into audit (seq, at, actor, action, object, detail, previous, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8)""";
    private static final String AFTER = "select * from audit where seq > $1 order by seq limit $2";
    private static final String BEFORE = "select * from audit where seq < $1 order by seq desc limit $2";

    private final Database database;

    AuditStore(Database database) {
        this.database = database;
    }

    /** Appends; becomes true with the transaction, or not at all. */
    public static Uni<Void> append(
            SqlConnection connection, String actor, String action, String object, String detail) {
        return connection
                .preparedQuery(LOCK)
                .execute()
                .flatMap(locked -> connection.preparedQuery(LAST).execute())
                .flatMap(rows -> {
                    AuditEntry entry = next(rows.iterator().next(), actor, action, object, detail);
                    return connection.preparedQuery(APPEND).execute(row(entry));
                })
                .replaceWithVoid();
    }

    /** Entries above a position, oldest first. */
    Uni<List<AuditEntry>> after(long seq, int limit) {
        return database.query(AFTER, Tuple.of(seq, limit)).map(AuditStore::entries);
    }

    /** Entries below a position, newest first. */
    Uni<List<AuditEntry>> before(long seq, int limit) {
        return database.query(BEFORE, Tuple.of(seq, limit)).map(AuditStore::entries);
    }

    private static AuditEntry next(Row last, String actor, String action, String object, String detail) {
        Instant at = last.getOffsetDateTime("at").toInstant();
        long seq = last.getLong("seq") == null ? 1 : last.getLong("seq") + 1;
        String previous = last.getString("hash") == null ? "" : last.getString("hash");
        AuditEntry open = new AuditEntry(seq, at, actor, action, object, detail, previous, "");
        return new AuditEntry(seq, at, actor, action, object, detail, previous, open.computed());
    }

    private static Tuple row(AuditEntry entry) {
        return Tuple.tuple()
                .addLong(entry.seq())
                .addOffsetDateTime(entry.at().atOffset(ZoneOffset.UTC))
                .addString(entry.actor())
                .addString(entry.action())
                .addString(entry.object())
                .addString(entry.detail())
                .addString(entry.previous())
                .addString(entry.hash());
    }

    private static List<AuditEntry> entries(RowSet<Row> rows) {
        List<AuditEntry> entries = new ArrayList<>();
        for (Row row : rows) {
            entries.add(new AuditEntry(
                    row.getLong("seq"),
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("object"),
                    row.getString("detail"),
                    row.getString("previous"),
                    row.getString("hash")));
        }
        return entries;
    }
}
