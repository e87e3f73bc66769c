package io.sluice.platform.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * The reactive pool with a time limit: whatever PostgreSQL's state, a call ends with a result, with the statement's own error,
 * or with {@link DatabaseUnavailable}. Never blocks; safe on the event loop.
 */
@ApplicationScoped
public class Database {
    private final Pool pool;
    private final DatabaseConfig config;
    private final Migrations migrations;

    Database(Pool pool, DatabaseConfig config, Migrations migrations) {
        this.pool = pool;
        this.config = config;
        this.migrations = migrations;
    }

    /** Runs one prepared statement with positional parameters. */
    public Uni<RowSet<Row>> query(String sql, Tuple parameters) {
        return guarded(() -> pool.preparedQuery(sql).execute(parameters));
    }

    /** Runs one prepared statement without parameters. */
    public Uni<RowSet<Row>> query(String sql) {
        return query(sql, Tuple.tuple());
    }

    /** Runs one prepared statement once for each tuple, in one round trip. */
    public Uni<RowSet<Row>> batch(String sql, List<Tuple> parameters) {
        return guarded(() -> pool.preparedQuery(sql).executeBatch(parameters));
    }

    /** Runs {@code work} in one transaction: committed when it yields an item, rolled back when it fails. */
    public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return guarded(() -> pool.withTransaction(work));
    }

    /** Whether the schema is there. */
    public boolean migrated() {
        return migrations.done();
    }

    private <T> Uni<T> guarded(java.util.function.Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> migrations.done()
                        ? call.get()
                        : Uni.createFrom()
                                .failure(new DatabaseUnavailable("The schema is not migrated yet; try again.")))
                .ifNoItem()
                .after(config.timeout())
                .failWith(() -> new DatabaseUnavailable(
                        "PostgreSQL did not answer within " + config.timeout().toMillis() + " ms; try again."))
                .onFailure(
                        failure -> !(failure instanceof DatabaseUnavailable) && DatabaseFailures.unavailable(failure))
                .transform(failure -> new DatabaseUnavailable(
                        "PostgreSQL is away (" + failure.getMessage() + "). Nothing was changed; try again."));
    }
}
