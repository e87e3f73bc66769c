package io.sluice.gateway.drills;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Drills in PostgreSQL, whose clock ends them. One runs at a time. */
@ApplicationScoped
class DrillStore {
    private static final String BEGIN = """
            insert into drill (cdn, percent, reason, actor, ends_at)
            values ($1, $2, $3, $4, now() + $5 * interval '1 second')
            on conflict do nothing
            returning id""";
    private static final String COLUMNS = """
            select id, cdn, percent, reason, actor, state, started_at, ends_at, ended_at, stop_reason,
                requests, moved, kept, unserved, disturbed
            from drill""";
    private static final String ONE = COLUMNS + " where id = $1";
    private static final String LIST = COLUMNS + """
             where $1::bigint is null or id < $1
            order by id desc limit $2""";
    private static final String RUNNING = """
            select id, cdn, percent, extract(epoch from ends_at - now())::float8 as seconds
            from drill where state = 'RUNNING' and ends_at > now()""";
    private static final String END = """
            update drill set state = 'DONE', ended_at = ends_at where state = 'RUNNING' and ends_at <= now()""";
    private static final String STOP = """
            update drill set state = 'STOPPED', ended_at = now(), stop_reason = $2 where id = $1 and state = 'RUNNING'""";
    private static final String ADD = """
            update drill
            set requests = requests + $2, moved = moved + $3, kept = kept + $4, unserved = unserved + $5,
                disturbed = array(select distinct unnest(disturbed || $6::text[]) order by 1)
            where id = $1""";

    private final Database database;

    DrillStore(Database database) {
        this.database = database;
    }

    /**
     * A drill that holds now.
     *
     * @param id of its row
     * @param cdn that counts as failed
     * @param percent of keys
     * @param left until it ends
     */
    record Running(long id, String cdn, int percent, Duration left) {}

    /** Its id; empty when another one runs. */
    Uni<Optional<Long>> begin(String cdn, int percent, String reason, String actor, Duration duration) {
        return end().chain(() ->
                        database.query(BEGIN, Tuple.of(cdn, percent, reason, actor, duration.toMillis() / 1000.0)))
                .map(rows -> mapped(rows, row -> row.getLong("id")).stream().findFirst());
    }

    Uni<Optional<Drill>> find(long id) {
        return database.query(ONE, Tuple.of(id))
                .map(rows -> mapped(rows, DrillStore::drill).stream().findFirst());
    }

    /** Newest first. */
    Uni<List<Drill>> list(@Nullable Long before, int limit) {
        return database.query(LIST, Tuple.tuple().addLong(before).addInteger(limit))
                .map(rows -> mapped(rows, DrillStore::drill));
    }

    Uni<List<Running>> running() {
        return database.query(RUNNING).map(rows -> mapped(rows, DrillStore::running));
    }

    /** Ends those whose time is over. */
    Uni<Void> end() {
        return database.query(END).replaceWithVoid();
    }

    Uni<Void> stop(long id, String reason) {
        return database.query(STOP, Tuple.of(id, reason)).replaceWithVoid();
    }

    Uni<Void> add(long id, DrillCounts.Counted counted, Set<String> disturbed) {
        Tuple tuple = Tuple.tuple()
                .addLong(id)
                .addLong(counted.requests())
                .addLong(counted.moved())
                .addLong(counted.kept())
                .addLong(counted.unserved())
                .addArrayOfString(disturbed.toArray(String[]::new));
        return database.query(ADD, tuple).replaceWithVoid();
    }

    private static Running running(Row row) {
        return new Running(
                row.getLong("id"),
                row.getString("cdn"),
                row.getInteger("percent"),
                Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000)));
    }

    private static Drill drill(Row row) {
        OffsetDateTime ended = row.getOffsetDateTime("ended_at");
        return new Drill(
                Long.toString(row.getLong("id")),
                row.getString("cdn"),
                row.getInteger("percent"),
                row.getString("reason"),
                row.getString("actor"),
                Drill.State.valueOf(row.getString("state")),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getOffsetDateTime("ends_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("stop_reason"),
                new Drill.Report(
                        row.getLong("requests"),
                        row.getLong("moved"),
                        row.getLong("kept"),
                        row.getLong("unserved"),
                        List.of(row.getArrayOfStrings("disturbed"))));
    }

    private static <T> List<T> mapped(RowSet<Row> rows, Function<Row, T> mapper) {
        List<T> items = new ArrayList<>();
        rows.forEach(row -> items.add(mapper.apply(row)));
        return items;
    }
}
