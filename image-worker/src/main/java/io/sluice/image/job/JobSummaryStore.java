package io.sluice.image.job;

import io.sluice.image.job.JobSummary.Priority;
import io.sluice.image.job.JobSummary.Wait;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Depth and waiting times of the queue. */
@ApplicationScoped
class JobSummaryStore {
    private static final String DEPTH = """
            select priority,
                count(*) filter (where state = 'ready'),
                count(*) filter (where state = 'running'),
                count(*) filter (where state = 'dead'),
                coalesce(extract(epoch from now() - min(queued_at) filter (where state = 'ready')), 0)::float8,
                count(*) filter (where state = 'ready' and started_at is null
                    and queued_at < now() - $1::bigint * interval '1 millisecond')
            from image_job group by priority""";
    /** Row 0 (priority null) is of all priorities. A job that started in the window cannot have ended before it. */
    private static final String WAITS = """
            with started as (
                select priority, started_at, queued_at from image_job
                union all
                select priority, started_at, queued_at from image_job_history
                where ended_at >= now() - $1::bigint * interval '1 millisecond'),
            waits as (
                select priority, extract(epoch from started_at - queued_at)::float8 as wait from started
                where started_at >= now() - $1::bigint * interval '1 millisecond')
            select coalesce(priority, 0), count(*), count(*) filter (where wait <= $2),
                coalesce(percentile_cont(0.5) within group (order by wait), 0),
                coalesce(percentile_cont(0.95) within group (order by wait), 0),
                coalesce(percentile_cont(0.99) within group (order by wait), 0)
            from waits group by rollup (priority)""";

    private final Database database;
    private final JobConfig config;

    JobSummaryStore(Database database, JobConfig config) {
        this.database = database;
        this.config = config;
    }

    Uni<JobSummary> summary() {
        double target = config.startTarget().toMillis() / 1e3;
        return Uni.combine()
                .all()
                .unis(
                        database.query(DEPTH, Tuple.of(config.startTarget().toMillis())),
                        database.query(WAITS, Tuple.of(config.window().toMillis(), target)))
                .asTuple()
                .map(both -> put(both.getItem1(), both.getItem2()));
    }

    private JobSummary put(RowSet<Row> depths, RowSet<Row> waits) {
        Map<Integer, Row> depth = byPriority(depths);
        Map<Integer, Row> wait = byPriority(waits);
        List<Priority> priorities = new ArrayList<>();
        TreeSet<Integer> known = new TreeSet<>(depth.keySet());
        known.addAll(wait.keySet());
        known.remove(0);
        for (int priority : known) {
            Row row = depth.get(priority);
            priorities.add(
                    row == null
                            ? new Priority(priority, 0, 0, 0, 0, wait(wait.get(priority)))
                            : new Priority(
                                    priority,
                                    row.getLong(1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getDouble(4),
                                    wait(wait.get(priority))));
        }
        long late = depth.values().stream().mapToLong(row -> row.getLong(5)).sum();
        Row all = wait.get(0);
        long started = all == null ? 0 : all.getLong(1);
        return new JobSummary(
                priorities.stream().mapToLong(Priority::ready).sum(),
                priorities.stream().mapToLong(Priority::running).sum(),
                priorities.stream().mapToLong(Priority::dead).sum(),
                priorities.stream().mapToDouble(Priority::oldestSeconds).max().orElse(0),
                config.window().toMillis() / 1e3,
                config.startTarget().toMillis() / 1e3,
                started + late == 0 ? 1 : (double) inTime(all) / (started + late),
                wait(all),
                priorities,
                JobSummary.NOTHING.worker());
    }

    private static long inTime(@Nullable Row all) {
        return all == null ? 0 : all.getLong(2);
    }

    private static Wait wait(@Nullable Row row) {
        return row == null ? Wait.NONE : new Wait(row.getLong(1), row.getDouble(3), row.getDouble(4), row.getDouble(5));
    }

    private static Map<Integer, Row> byPriority(RowSet<Row> rows) {
        Map<Integer, Row> map = new HashMap<>();
        rows.forEach(row -> map.put(row.getInteger(0), row));
        return map;
    }
}
