package io.sluice.image.sources;

import io.sluice.contracts.image.Source;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names of images. Every change takes the next position of the feed under a lock that is held until the commit, so positions
 * become visible in their order and a follower that has seen one has seen all before it.
 */
@ApplicationScoped
public class SourceStore {
    private static final String COLUMNS = """
            select s.seq, s.collection, s.path, s.oid, i.bytes, i.format, i.width, i.height, i.alpha, i.animated,
                   s.tags, s.deleted
            from source s join image i on i.oid = s.oid""";
    private static final String LOCK = """
            select pg_advisory_xact_lock(hashtext(current_schema()), 1)""";
    private static final String PUT = """
            insert into source (collection, path, oid, tags, seq)
            select $1, $2, i.oid, $4, nextval('source_seq')
            from (select oid from image where oid = $3 and collected_at is null for key share) i
            on conflict (collection, path) do update
            set oid = excluded.oid, tags = excluded.tags, deleted = false, seq = excluded.seq, changed_at = now()
            where source.oid <> excluded.oid or source.tags <> excluded.tags or source.deleted""";
    private static final String DELETE = """
            update source set deleted = true, seq = nextval('source_seq'), changed_at = now()
            where collection = $1 and path = $2 and not deleted""";
    private static final String FIND = COLUMNS + " where s.collection = $1 and s.path = $2 and not s.deleted";
    private static final String LIST =
            COLUMNS + " where s.collection = $1 and s.path > $2 and not s.deleted order by s.path limit $3";
    private static final String CHANGES = COLUMNS + " where s.seq > $1 order by s.seq limit $2";
    private static final String NEWEST = "select coalesce(max(seq), 0) from source";

    private final Database database;

    SourceStore(Database database) {
        this.database = database;
    }

    /** Sets a name; empty when no image has this oid. Setting what is set already changes nothing. */
    public Uni<Optional<Source>> put(String collection, String path, String oid, List<String> tags) {
        return database.inTransaction(connection -> connection
                .query(LOCK)
                .execute()
                .chain(() -> connection
                        .preparedQuery(PUT)
                        .execute(Tuple.of(collection, path, oid, tags.toArray(String[]::new))))
                .chain(() -> connection.preparedQuery(FIND).execute(Tuple.of(collection, path)))
                .map(rows -> first(rows).filter(source -> source.oid().equals(oid))));
    }

    /** Takes a name away; false when there was none. */
    Uni<Boolean> delete(String collection, String path) {
        return database.inTransaction(connection -> connection
                .query(LOCK)
                .execute()
                .chain(() -> connection.preparedQuery(DELETE).execute(Tuple.of(collection, path)))
                .map(rows -> rows.rowCount() > 0));
    }

    /** A source by its name. */
    public Uni<Optional<Source>> find(String collection, String path) {
        return database.query(FIND, Tuple.of(collection, path)).map(SourceStore::first);
    }

    /** Sources of a collection behind {@code after}, by path. */
    Uni<List<Source>> list(String collection, String after, int limit) {
        return database.query(LIST, Tuple.of(collection, after, limit)).map(SourceStore::all);
    }

    /** Changes behind {@code seq}, oldest first, deletions included. */
    Uni<List<Source>> changes(long seq, int limit) {
        return database.query(CHANGES, Tuple.of(seq, limit)).map(SourceStore::all);
    }

    /** The newest position; 0 when nothing was ever set. */
    Uni<Long> newest() {
        return database.query(NEWEST).map(rows -> rows.iterator().next().getLong(0));
    }

    private static Optional<Source> first(RowSet<Row> rows) {
        return all(rows).stream().findFirst();
    }

    private static List<Source> all(RowSet<Row> rows) {
        List<Source> sources = new ArrayList<>();
        for (Row row : rows) {
            sources.add(new Source(
                    row.getLong(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getInteger(6),
                    row.getInteger(7),
                    row.getBoolean(8),
                    row.getBoolean(9),
                    List.of(row.getArrayOfStrings(10)),
                    row.getBoolean(11)));
        }
        return sources;
    }
}
