package io.sluice.image.imports;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Imports: each is worked on by one worker, who holds a lease by the database's clock and notes every file with it. */
@ApplicationScoped
class ImportStore {
    private static final String COLUMNS =
            " id, root, prefix, collection, tags, dry_run, urls, state, position, seen, imported, unchanged, refused, bytes,"
                    + " error, created_at, finished_at";
    private static final String ADD = """
            insert into folder_import (idempotency_key, root, prefix, collection, tags, dry_run)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (idempotency_key) do update set root = folder_import.root
            returning""" + COLUMNS;
    private static final String FIND = "select" + COLUMNS + " from folder_import where id = $1";
    private static final String LIST =
            "select" + COLUMNS + " from folder_import where id < $1 order by id desc limit $2";
    private static final String CLAIM = """
            with next as (
                select id from folder_import
                where (root = any($3) or (root is null and $4)) and (state = 'QUEUED' or (state = 'RUNNING' and lease_until < now()))
                order by id limit 1 for update skip locked)
            update folder_import i
            set state = 'RUNNING', lease_owner = $1, lease_until = now() + $2 * interval '1 millisecond'
            from next where i.id = next.id
            returning i.id, i.root, i.prefix, i.collection, i.tags, i.dry_run, i.urls, i.state, i.position, i.seen, i.imported,
                i.unchanged, i.refused, i.bytes, i.error, i.created_at, i.finished_at""";
    private static final String NOTE = """
            update folder_import
            set position = $4, seen = seen + 1, imported = imported + $5, unchanged = unchanged + $6,
                refused = refused + $7, bytes = bytes + $8, error = null,
                lease_until = now() + $3 * interval '1 millisecond'
            where id = $1 and lease_owner = $2 and state = 'RUNNING'""";
    private static final String REFUSE = """
            insert into folder_import_refusal (import_id, path, problem, detail) values ($1, $2, $3, left($4, 500))
            on conflict do nothing""";
    private static final String HOLD = """
            update folder_import set error = left($3, 500)
            where id = $1 and lease_owner = $2 and state = 'RUNNING'""";
    private static final String END = """
            update folder_import
            set state = $3, error = left($4, 500), finished_at = now(), lease_owner = null, lease_until = null
            where id = $1 and lease_owner = $2 and state = 'RUNNING'""";
    private static final String CANCEL = """
            update folder_import
            set state = 'CANCELLED', finished_at = now(), lease_owner = null, lease_until = null
            where id = $1 and state in ('QUEUED', 'RUNNING')""";
    private static final String REFUSALS = """
            select path, problem, detail from folder_import_refusal
            where import_id = $1 and path > $2 order by path limit $3""";

    private final Database database;

    ImportStore(Database database) {
        this.database = database;
    }

    /** Adds an import; the same key yields the same import. */
    Uni<FolderImport> add(@Nullable String idempotencyKey, ImportRequest request) {
        return database.query(
                        ADD,
                        Tuple.of(
                                idempotencyKey,
                                request.root(),
                                request.folder(),
                                request.collection(),
                                request.tagList().toArray(String[]::new),
                                request.dry()))
                .map(rows -> all(rows).getFirst());
    }

    Uni<Optional<FolderImport>> find(long id) {
        return database.query(FIND, Tuple.of(id)).map(ImportStore::first);
    }

    /** Imports before {@code before}, newest first. */
    Uni<List<FolderImport>> list(long before, int limit) {
        return database.query(LIST, Tuple.of(before, limit)).map(ImportStore::all);
    }

    /**
     * Claims the oldest import that nobody works on.
     *
     * @param roots whose imports may be claimed
     * @param urls whether imports of URLs may be
     */
    Uni<Optional<FolderImport>> claim(String owner, Duration lease, Collection<String> roots, boolean urls) {
        return database.query(CLAIM, Tuple.of(owner, lease.toMillis(), roots.toArray(String[]::new), urls))
                .map(ImportStore::first);
    }

    /**
     * A file or URL that was looked at.
     *
     * @param position where the next run goes on
     * @param path of the file, or of the source
     * @param outcome what came of it
     */
    record Looked(String position, String path, FileOutcome outcome) {}

    /** Notes what a file came to and renews the lease; false when it was lost or the import was cancelled. */
    Uni<Boolean> note(long id, String owner, Duration lease, String path, FileOutcome outcome) {
        return database.inTransaction(
                connection -> note(connection, id, owner, lease, new Looked(path, path, outcome)));
    }

    /** As {@link #note(long, String, Duration, String, FileOutcome)}, within a transaction. */
    Uni<Boolean> note(SqlConnection connection, long id, String owner, Duration lease, Looked looked) {
        FileOutcome outcome = looked.outcome();
        Tuple progress = Tuple.tuple(List.of(
                id,
                owner,
                lease.toMillis(),
                looked.position(),
                outcome instanceof FileOutcome.Imported ? 1 : 0,
                outcome instanceof FileOutcome.Unchanged ? 1 : 0,
                outcome instanceof FileOutcome.Refused ? 1 : 0,
                outcome instanceof FileOutcome.Imported file ? file.bytes() : 0L));
        Uni<Boolean> noted = connection.preparedQuery(NOTE).execute(progress).map(rows -> rows.rowCount() == 1);
        return outcome instanceof FileOutcome.Refused refused
                ? noted.call(ours -> ours
                        ? connection
                                .preparedQuery(REFUSE)
                                .execute(Tuple.of(id, looked.path(), refused.problem(), refused.detail()))
                        : Uni.createFrom().voidItem())
                : noted;
    }

    /** Notes what holds an import up; it goes on when its lease has run out. */
    Uni<Void> hold(long id, String owner, String error) {
        return database.query(HOLD, Tuple.of(id, owner, error)).replaceWithVoid();
    }

    /** Ends an import. */
    Uni<Void> end(long id, String owner, FolderImport.State state, @Nullable String error) {
        return database.query(END, Tuple.of(id, owner, state.name(), error)).replaceWithVoid();
    }

    /** Calls an import off that has not ended. */
    Uni<Void> cancel(long id) {
        return database.query(CANCEL, Tuple.of(id)).replaceWithVoid();
    }

    /** Refused files behind {@code after}, by path. */
    Uni<List<FileRefusal>> refusals(long id, String after, int limit) {
        return database.query(REFUSALS, Tuple.of(id, after, limit)).map(rows -> {
            List<FileRefusal> refusals = new ArrayList<>();
            rows.forEach(row -> refusals.add(new FileRefusal(row.getString(0), row.getString(1), row.getString(2))));
            return refusals;
        });
    }

    private static Optional<FolderImport> first(RowSet<Row> rows) {
        return all(rows).stream().findFirst();
    }

    private static List<FolderImport> all(RowSet<Row> rows) {
        List<FolderImport> imports = new ArrayList<>();
        for (Row row : rows) {
            OffsetDateTime finished = row.getOffsetDateTime(16);
            imports.add(new FolderImport(
                    row.getLong(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    List.of(row.getArrayOfStrings(4)),
                    row.getBoolean(5),
                    row.getInteger(6),
                    FolderImport.State.valueOf(row.getString(7)),
                    row.getString(8),
                    row.getLong(9),
                    row.getLong(10),
                    row.getLong(11),
                    row.getLong(12),
                    row.getLong(13),
                    row.getString(14),
                    row.getOffsetDateTime(15).toInstant(),
                    finished == null ? null : finished.toInstant()));
        }
        return imports;
    }
}
