package io.sluice.image.job;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps the history bounded: one partition a day (UTC), made ahead, dropped when it is old. */
@ApplicationScoped
class JobHistoryStore {
    private static final int AHEAD = 3;
    private static final String OLD = """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = to_regclass('image_job_history') and c.relname < $1 order by 1""";
    private static final String FORGET_DEAD = """
            delete from image_job where state = 'dead' and run_at < now() - $1::bigint * interval '1 day'""";

    private final Database database;
    private final JobConfig config;

    JobHistoryStore(Database database, JobConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Makes the partitions of today and the next days, drops those behind the history, forgets old dead jobs. */
    Uni<Void> tend(LocalDate today) {
        long days = Math.max(1, config.history().toDays());
        return Multi.createFrom()
                .iterable(IntStream.range(-1, AHEAD).mapToObj(today::plusDays).toList())
                .onItem()
                .transformToUniAndConcatenate(this::create)
                .onItem()
                .ignoreAsUni()
                .chain(() -> drop(today.minusDays(days)))
                .chain(() -> database.query(FORGET_DEAD, Tuple.of(days)))
                .replaceWithVoid();
    }

    private Uni<Void> create(LocalDate day) {
        String ddl = "create table if not exists %s partition of image_job_history for values from ('%sZ') to ('%sZ')"
                .formatted(name(day), day.atStartOfDay(), day.plusDays(1).atStartOfDay());
        return database.inTransaction(connection -> connection
                .preparedQuery("select pg_advisory_xact_lock(hashtext('image_job_history'))")
                .execute()
                .chain(() -> connection.query(ddl).execute())
                .replaceWithVoid());
    }

    private Uni<Void> drop(LocalDate before) {
        return database.query(OLD, Tuple.of(name(before)))
                .map(rows -> {
                    List<String> names = new ArrayList<>();
                    rows.forEach(row -> names.add(row.getString(0)));
                    return names;
                })
                .call(names -> Multi.createFrom()
                        .iterable(names)
                        .onItem()
                        .transformToUniAndConcatenate(name -> database.query("drop table if exists " + name))
                        .onItem()
                        .ignoreAsUni())
                .replaceWithVoid();
    }

    private static String name(LocalDate day) {
        return "image_job_history_" + day.toString().replace("-", "_");
    }
}
