package io.sluice.image.storage;

import io.sluice.platform.database.Database;
import io.sluice.platform.database.DatabaseFailures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sweeps and what they found; one runs at a time, over all workers. */
@ApplicationScoped
class CollectionStore {
    private static final String ABANDONED = """
            update storage_collection set state = 'failed', ended_at = now(), error = 'its worker went away'
            where state = 'running' and ($1::text is not null and worker = $1 or started_at < now() - interval '6 hours')""";
    private static final String BEGIN = "insert into storage_collection (dry_run, worker) values ($1, $2) returning id";
    private static final String DUE = """
            select not exists (select from storage_collection
                where not dry_run and state <> 'failed' and started_at > now() - $1::bigint * interval '1 second')""";
    private static final String FOUND = """
            insert into storage_collected (collection_id, cause, objects, bytes, examples) values ($1, $2, $3, $4, $5)""";
    private static final String END = """
            update storage_collection set state = $2, examined = $3, error = left($4, 500), ended_at = now()
            where id = $1""";
    private static final String SELECT = """
            select c.id, c.dry_run, c.state, c.started_at, c.ended_at, c.examined, c.error,
                d.cause, d.objects, d.bytes, d.examples
            from (select * from storage_collection where id < $1 order by id desc limit $2) c
            left join storage_collected d on d.collection_id = c.id order by c.id desc, d.cause""";
    private static final String FORGET = "delete from storage_collection where ended_at < now() - interval '90 days'";

    private final Database database;

    CollectionStore(Database database) {
        this.database = database;
    }

    /** Gives up sweeps that cannot be running any more; {@code worker} has just been started. */
    Uni<Void> abandon(String worker) {
        return database.query(ABANDONED, Tuple.of(worker)).replaceWithVoid();
    }

    /** Begins a sweep; empty when one is running. */
    Uni<Optional<Long>> begin(boolean dryRun, String worker) {
        return database.query(ABANDONED, Tuple.of((String) null))
                .chain(() -> database.query(BEGIN, Tuple.of(dryRun, worker)))
                .map(rows -> Optional.of(rows.iterator().next().getLong(0)))
                .onFailure(failure -> "23505".equals(DatabaseFailures.sqlState(failure)))
                .recoverWithItem(Optional.empty());
    }

    /** Whether the last real sweep began longer ago than {@code every}. */
    Uni<Boolean> due(Duration every) {
        return database.query(DUE, Tuple.of(every.toSeconds()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> done(long id, Findings findings) {
        List<Tuple> found = findings.collected().stream()
                .map(one -> Tuple.of(
                        id,
                        one.cause(),
                        one.objects(),
                        one.bytes(),
                        one.examples().toArray(String[]::new)))
                .toList();
        return database.inTransaction(connection -> (found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection.preparedQuery(FOUND).executeBatch(found).replaceWithVoid())
                .chain(() -> connection
                        .preparedQuery(END)
                        .execute(Tuple.tuple(Arrays.asList(id, "done", findings.examinedSoFar(), null))))
                .chain(() -> connection.query(FORGET).execute())
                .replaceWithVoid());
    }

    Uni<Void> failed(long id, String error) {
        return database.query(END, Tuple.of(id, "failed", 0L, error)).replaceWithVoid();
    }

    Uni<Optional<Collection>> find(long id) {
        return list(id + 1, 1)
                .map(found -> found.stream().filter(one -> one.id() == id).findFirst());
    }

    /** Sweeps with an id below {@code before}, newest first. */
    Uni<List<Collection>> list(long before, int limit) {
        return database.query(SELECT, Tuple.of(before, limit)).map(CollectionStore::collections);
    }

    private static List<Collection> collections(RowSet<Row> rows) {
        Map<Long, Row> heads = new LinkedHashMap<>();
        Map<Long, List<Collected>> parts = new LinkedHashMap<>();
        for (Row row : rows) {
            long id = row.getLong(0);
            heads.putIfAbsent(id, row);
            List<Collected> collected = parts.computeIfAbsent(id, i -> new ArrayList<>());
            if (row.getString(7) != null) {
                collected.add(new Collected(
                        row.getString(7), row.getLong(8), row.getLong(9), List.of(row.getArrayOfStrings(10))));
            }
        }
        List<Collection> collections = new ArrayList<>();
        heads.forEach((id, row) -> collections.add(collection(row, parts.getOrDefault(id, List.of()))));
        return collections;
    }

    private static Collection collection(Row row, List<Collected> collected) {
        OffsetDateTime ended = row.getOffsetDateTime(4);
        return new Collection(
                row.getLong(0),
                row.getBoolean(1),
                row.getString(2),
                row.getOffsetDateTime(3).toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getLong(5),
                collected,
                row.getString(6));
    }
}
