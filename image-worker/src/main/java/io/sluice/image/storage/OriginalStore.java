package io.sluice.image.storage;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Who refers to which original. One original may have many uploads and sources; it goes with the last reference to it, after
 * the grace time.
 */
@ApplicationScoped
class OriginalStore {
    private static final String MARK = """
            update image i set unreferenced_since = case when r.referenced then null else now() end
            from (select oid, exists (select from source s where s.oid = image.oid and not s.deleted) as referenced
                from image where collected_at is null) r
            where i.oid = r.oid and r.referenced = (i.unreferenced_since is not null)""";
    private static final String DUE = """
            select oid from image
            where collected_at is null and oid = any($1) and unreferenced_since < now() - $2::bigint * interval '1 second'""";
    private static final String KNOWN = """
            select i.oid, coalesce(min(s.collection), 'unnamed'), i.format
            from image i left join source s on s.oid = i.oid and not s.deleted
            where i.collected_at is null and i.oid = any($1) group by i.oid, i.format""";
    private static final String LOCK = "select 1 from image where oid = $1 for update";
    private static final String COLLECT = """
            update image set collected_at = now()
            where oid = $1 and collected_at is null and unreferenced_since < now() - $2::bigint * interval '1 second'
            and not exists (select from source s where s.oid = $1 and not s.deleted)""";

    private final Database database;

    OriginalStore(Database database) {
        this.database = database;
    }

    /**
     * What is known of an original.
     *
     * @param owner first collection, by name, that has a source of it; {@code unnamed} without one
     * @param format token of the upload
     */
    record Known(String owner, String format) {}

    /** Notes since when each original has no reference. */
    Uni<Void> mark() {
        return database.query(MARK).replaceWithVoid();
    }

    /** Those of {@code oids} that had no reference for so long. */
    Uni<Set<String>> due(List<String> oids, Duration grace) {
        return database.query(DUE, Tuple.of(oids.toArray(String[]::new), grace.toSeconds()))
                .map(rows -> {
                    Set<String> due = new HashSet<>();
                    rows.forEach(row -> due.add(row.getString(0)));
                    return due;
                });
    }

    /** Those of {@code oids} that were accepted. */
    Uni<Map<String, Known>> known(List<String> oids) {
        return database.query(KNOWN, Tuple.of(oids.toArray(String[]::new))).map(rows -> {
            Map<String, Known> known = new HashMap<>();
            for (Row row : rows) {
                known.put(row.getString(0), new Known(row.getString(1), row.getString(2)));
            }
            return known;
        });
    }

    /**
     * Takes an original away if it is still due. Whoever names or uploads it meanwhile waits for the row, and then finds it gone.
     *
     * @param delete takes the bytes away, on a worker thread; false leaves the original
     */
    Uni<Boolean> collect(String oid, Duration grace, BooleanSupplier delete) {
        return database.inTransaction(connection -> connection
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(oid))
                        .chain(() -> connection.preparedQuery(COLLECT).execute(Tuple.of(oid, grace.toSeconds())))
                        .chain(rows -> rows.rowCount() == 0
                                ? Uni.createFrom().item(false)
                                : Uni.createFrom()
                                        .item(delete::getAsBoolean)
                                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                                        .onItem()
                                        .transform(deleted -> {
                                            if (!deleted) {
                                                throw new StillNeeded();
                                            }
                                            return true;
                                        })))
                .onFailure(StillNeeded.class)
                .recoverWithItem(false);
    }

    /** Rolls the transaction back. */
    private static final class StillNeeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StillNeeded() {
            super("the bytes are needed", null, false, false);
        }
    }
}
