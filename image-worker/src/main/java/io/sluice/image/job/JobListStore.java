package io.sluice.image.job;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queue and its history as a person looks at them and steps in. */
@ApplicationScoped
class JobListStore {
    private static final String LIVE = """
            select id, kind, oid, state, priority, addresses, attempt, queued_at, run_at, started_at,
                null::timestamptz as ended_at, lease_owner, null::text as result, last_error
            from image_job""";
    private static final String ENDED = """
            select id, kind, oid, state, priority, addresses, attempt, queued_at, null::timestamptz, started_at, ended_at,
                null::text, result, last_error
            from image_job_history""";
    private static final String FILTER = """
            where id < $1 and ($2::text is null or state = $2) and ($3::text is null or kind = $3)
            and ($4::text is null or oid = $4)""";
    private static final String LIST = "(" + LIVE + " " + FILTER + " order by id desc limit $5) union all (" + ENDED
            + " " + FILTER + " order by id desc limit $5) order by id desc limit $5";
    private static final String FIND = LIVE + " where id = $1 union all " + ENDED + " where id = $1 limit 1";
    private static final String CANCEL = """
            with gone as (delete from image_job where id = $1 returning *)
            insert into image_job_history
                (id, kind, oid, addresses, priority, state, result, attempt, last_error, queued_at, started_at)
            select id, kind, oid, addresses, priority, 'cancelled', 'cancelled', attempt, last_error, queued_at, started_at
            from gone""";
    private static final String RETRY = """
            update image_job
            set state = 'ready', attempt = 0, run_at = now(), queued_at = now(), started_at = null,
                rank_at = now() + (priority - 1) * $2::bigint * interval '1 millisecond'
            where id = $1 and (state = 'dead' or state = 'ready' and attempt > 0)""";

    private final Database database;
    private final JobConfig config;

    /**
     * What is listed.
     *
     * @param state of the jobs; null: any
     * @param kind of the jobs; null: any
     * @param oid of their source; null: any
     */
    record Filter(
            @Nullable JobState state,
            @Nullable String kind,
            @Nullable String oid) {}

    JobListStore(Database database, JobConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Jobs with an id below {@code before}, newest first. */
    Uni<List<Job>> list(Filter filter, long before, int limit) {
        JobState state = filter.state();
        return database.query(
                        LIST,
                        Tuple.tuple(Arrays.asList(
                                before, state == null ? null : state.token(), filter.kind(), filter.oid(), limit)))
                .map(JobListStore::jobs);
    }

    Uni<Optional<Job>> find(long id) {
        return database.query(FIND, Tuple.of(id))
                .map(rows -> jobs(rows).stream().findFirst());
    }

    /** Takes a job out of the queue; false when it is not in it any more. */
    Uni<Boolean> cancel(long id) {
        return database.query(CANCEL, Tuple.of(id)).map(rows -> rows.rowCount() == 1);
    }

    /** Begins a job anew that failed; false when it is not in the queue, or has not failed. */
    Uni<Boolean> retry(long id) {
        return database.query(RETRY, Tuple.of(id, config.ageing().toMillis())).map(rows -> rows.rowCount() == 1);
    }

    private static List<Job> jobs(RowSet<Row> rows) {
        List<Job> jobs = new ArrayList<>();
        for (Row row : rows) {
            jobs.add(new Job(
                    row.getLong(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInteger(4),
                    List.of(row.getArrayOfStrings(5)),
                    row.getInteger(6),
                    row.getOffsetDateTime(7).toInstant(),
                    instant(row.getOffsetDateTime(8)),
                    instant(row.getOffsetDateTime(9)),
                    instant(row.getOffsetDateTime(10)),
                    row.getString(11),
                    row.getString(12),
                    row.getString(13)));
        }
        return jobs;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
