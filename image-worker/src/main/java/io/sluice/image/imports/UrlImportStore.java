package io.sluice.image.imports;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The URLs of imports, each with its outcome; progress and leases are those of {@link ImportStore}. */
@ApplicationScoped
class UrlImportStore {
    private static final String ADD = """
            insert into folder_import (idempotency_key, prefix, collection, tags, dry_run, urls)
            values ($1, '', $2, $3, false, $4)
            on conflict (idempotency_key) do nothing
            returning id""";
    private static final String KNOWN = "select id from folder_import where idempotency_key = $1";
    private static final String ADD_URLS = """
            insert into import_url (import_id, position, url, path)
            select $1, position - 1, url, path
            from unnest($2::text[], $3::text[]) with ordinality as item (url, path, position)""";
    private static final String URLS = """
            select position, url, path, outcome, oid, problem, detail from import_url
            where import_id = $1 and position > $2 order by position limit $3""";
    private static final String NOTE = """
            update import_url set outcome = $3, oid = $4, problem = $5, detail = left($6, 500)
            where import_id = $1 and position = $2""";

    private final Database database;
    private final ImportStore imports;

    UrlImportStore(Database database, ImportStore imports) {
        this.database = database;
        this.imports = imports;
    }

    /** Adds an import of URLs; the same key yields the same import. */
    Uni<FolderImport> add(@Nullable String idempotencyKey, ImportRequest request) {
        return database.inTransaction(connection -> connection
                        .preparedQuery(ADD)
                        .execute(Tuple.of(
                                idempotencyKey,
                                request.collection(),
                                request.tagList().toArray(String[]::new),
                                request.urlList().size()))
                        .chain(added -> added.rowCount() == 0
                                ? connection
                                        .preparedQuery(KNOWN)
                                        .execute(Tuple.of(idempotencyKey))
                                        .map(known -> known.iterator().next().getLong(0))
                                : withUrls(connection, added.iterator().next().getLong(0), request)))
                .chain(imports::find)
                .map(Optional::orElseThrow);
    }

    private static Uni<Long> withUrls(SqlConnection connection, long id, ImportRequest request) {
        List<UrlItem> items = request.urlList();
        return connection
                .preparedQuery(ADD_URLS)
                .execute(Tuple.of(
                        id,
                        items.stream().map(UrlItem::url).toArray(String[]::new),
                        items.stream().map(UrlItem::pathOrDefault).toArray(String[]::new)))
                .replaceWith(id);
    }

    /** URLs of an import behind {@code after}, in their order. */
    Uni<List<ImportedUrl>> urls(long id, int after, int limit) {
        return database.query(URLS, Tuple.of(id, after, limit)).map(rows -> {
            List<ImportedUrl> urls = new ArrayList<>();
            rows.forEach(row -> urls.add(url(row)));
            return urls;
        });
    }

    /** Notes what a URL came to and renews the lease; false when it was lost or the import was cancelled. */
    Uni<Boolean> note(
            FolderImport job,
            String owner,
            Duration lease,
            ImportedUrl item,
            FileOutcome outcome,
            @Nullable String oid) {
        return database.inTransaction(connection -> imports.note(
                        connection,
                        job.id(),
                        owner,
                        lease,
                        new ImportStore.Looked(Integer.toString(item.position()), item.path(), outcome))
                .call(ours -> ours
                        ? connection.preparedQuery(NOTE).execute(noted(job, item, outcome, oid))
                        : Uni.createFrom().voidItem()));
    }

    private static Tuple noted(FolderImport job, ImportedUrl item, FileOutcome outcome, @Nullable String oid) {
        FileOutcome.@Nullable Refused refused = outcome instanceof FileOutcome.Refused no ? no : null;
        ImportedUrl.Outcome token = switch (outcome) {
            case FileOutcome.Imported imported -> ImportedUrl.Outcome.IMPORTED;
            case FileOutcome.Unchanged unchanged -> ImportedUrl.Outcome.UNCHANGED;
            case FileOutcome.Refused no -> ImportedUrl.Outcome.REFUSED;
        };
        return Tuple.of(
                job.id(),
                item.position(),
                token.name(),
                oid,
                refused == null ? null : refused.problem(),
                refused == null ? null : refused.detail());
    }

    private static ImportedUrl url(Row row) {
        String outcome = row.getString(3);
        return new ImportedUrl(
                row.getInteger(0),
                Objects.requireNonNull(row.getString(1)),
                Objects.requireNonNull(row.getString(2)),
                outcome == null ? null : ImportedUrl.Outcome.valueOf(outcome),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }
}
