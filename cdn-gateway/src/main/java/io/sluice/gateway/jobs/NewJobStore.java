package io.sluice.gateway.jobs;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts jobs of one kind and their calls into PostgreSQL, each once for an {@code Idempotency-Key}. */
public final class NewJobStore {
    private final Database database;
    private final String repeated;

    /** @param table of the jobs */
    public NewJobStore(Database database, String table) {
        this.database = database;
        this.repeated = "select id, request_sha256 from " + table + " where actor = $1 and idempotency_key = $2";
    }

    /**
     * What a job is made of.
     *
     * @param insert a statement that yields no row when the actor has used the key, else the id
     * @param values of the statement
     * @param insertCall a statement with the id of the job first
     * @param calls values of each call, the id left out
     */
    public record Job(
            String insert, List<? extends @Nullable Object> values, String insertCall, List<List<Object>> calls) {}

    /**
     * Creates a job with its calls, or finds the one that was made by the same key.
     *
     * @param digest of the request
     * @throws KeyReused as a failure, when the key was used for another request
     */
    public Uni<Long> create(Job job, String actor, @Nullable String key, String digest) {
        return database.inTransaction(connection -> connection
                .preparedQuery(job.insert())
                .execute(tuple(job.values()))
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        return repeated(connection, actor, String.valueOf(key), digest);
                    }
                    long id = rows.iterator().next().getLong("id");
                    List<Tuple> calls = job.calls().stream()
                            .map(values -> tuple(Stream.concat(Stream.of(id), values.stream())
                                    .toList()))
                            .toList();
                    return connection
                            .preparedQuery(job.insertCall())
                            .executeBatch(calls)
                            .replaceWith(id);
                }));
    }

    private Uni<Long> repeated(SqlConnection connection, String actor, String key, String digest) {
        return connection.preparedQuery(repeated).execute(Tuple.of(actor, key)).map(rows -> {
            Row row = rows.iterator().next();
            if (!row.getString("request_sha256").equals(digest)) {
                throw new KeyReused();
            }
            return row.getLong("id");
        });
    }

    private static Tuple tuple(List<? extends @Nullable Object> values) {
        Tuple tuple = Tuple.tuple();
        values.forEach(tuple::addValue);
        return tuple;
    }
}
