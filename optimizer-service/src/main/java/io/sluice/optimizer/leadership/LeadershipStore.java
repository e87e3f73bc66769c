package io.sluice.optimizer.leadership;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The row that says who writes. All times are the database's. */
@ApplicationScoped
public class LeadershipStore {
    private static final String TAKE = """
            insert into leadership as l (id, epoch, holder, until)
            values (1, 1, $1, now() + $2 * interval '1 millisecond')
            on conflict (id) do update
            set epoch = case when l.holder = $1 and l.until > now() then l.epoch else l.epoch + 1 end,
                holder = $1, until = now() + $2 * interval '1 millisecond'
            where l.holder = $1 or l.until <= now()""";
    private static final String READ = """
            select epoch, holder, extract(epoch from until - now()) * 1000 as millis from leadership where id = 1""";
    private static final String RELEASE = "update leadership set until = now() where id = 1 and holder = $1";
    private static final String FENCE = """
            select epoch from leadership where id = 1 and holder = $1 and epoch = $2 and until > now() for update""";

    private static final String HOLD = "select epoch from leadership where id = 1 for update";

    private final Database database;

    LeadershipStore(Database database) {
        this.database = database;
    }

    /** Takes the leadership when it is free, renews it when it is ours, and tells who has it and for how long. */
    Uni<Standing> takeOrRenew(String holder, Duration lease) {
        return database.query(TAKE, Tuple.of(holder, lease.toMillis()))
                .flatMap(ignored -> database.query(READ))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Standing(
                            row.getLong("epoch"),
                            row.getString("holder"),
                            row.getNumeric("millis").longValue());
                });
    }

    /** Gives it up, so that another takes over at once. */
    Uni<Void> release(String holder) {
        return database.query(RELEASE, Tuple.of(holder)).replaceWithVoid();
    }

    /**
     * Holds the row until the transaction ends: no other optimizer can take over, and of this one only one transaction writes.
     * Fails with {@link NotLeader} when the epoch is no longer ours.
     */
    public static Uni<Void> fence(SqlConnection connection, Vouch mine) {
        return connection
                .preparedQuery(FENCE)
                .execute(Tuple.of(mine.holder(), mine.epoch()))
                .map(RowSet::size)
                .invoke(size -> {
                    if (size == 0) {
                        throw new NotLeader("This optimizer lost epoch " + mine.epoch() + "; try again.");
                    }
                })
                .replaceWithVoid();
    }

    /** Holds the row until the transaction ends, whoever leads: no directive is issued meanwhile. */
    public static Uni<Void> hold(SqlConnection connection) {
        return connection.preparedQuery(HOLD).execute().replaceWithVoid();
    }

    record Standing(long epoch, String holder, long millisLeft) {}
}
