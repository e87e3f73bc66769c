package io.sluice.image.job;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The queue as its workers use it: claimed with a lease by the database's clock, fenced by the attempt. Execution is at least
 * once; what is published is published once, for a variant's bytes are content-addressed and its entry is never replaced.
 */
@ApplicationScoped
public class JobStore {
    /** PostgreSQL notifies this channel whenever a job becomes ready. */
    static final String CHANNEL = "image_job";

    private static final String ENQUEUE = """
            insert into image_job (kind, oid, addresses, dedup_key, priority, rank_at)
            values ($1, $2, $3, $4, $5, now() + ($5 - 1) * $6::bigint * interval '1 millisecond')
            on conflict (dedup_key) do update
            set priority = least(image_job.priority, excluded.priority),
                rank_at = least(image_job.rank_at, excluded.rank_at)
            returning id""";
    private static final String CLAIM = """
            with next as (
                select id from image_job where state = 'ready' and run_at <= now()
                order by rank_at, id limit 1 for update skip locked)
            update image_job j
            set state = 'running', attempt = attempt + 1, lease_owner = $1,
                lease_until = now() + $2 * interval '1 millisecond', started_at = coalesce(started_at, now())
            from next where j.id = next.id
            returning j.id, j.kind, j.addresses, j.priority::int, j.attempt,
                case when j.started_at = now() then extract(epoch from now() - j.queued_at)::float8 else -1 end""";
    private static final String MINE = " where id = $1 and attempt = $2 and lease_owner = $3 and state = 'running'";
    private static final String HEARTBEAT =
            "update image_job set lease_until = now() + $4 * interval '1 millisecond'" + MINE;
    private static final String END = "with gone as (delete from image_job" + MINE + " returning *) " + """
            insert into image_job_history
                (id, kind, oid, addresses, priority, state, result, attempt, last_error, queued_at, started_at)
            select id, kind, oid, addresses, priority, 'done', $4, attempt, last_error, queued_at, started_at from gone""";
    private static final String LATER = """
            update image_job
            set state = 'ready', attempt = attempt - 1, run_at = now() + $4 * interval '1 second',
                lease_owner = null, lease_until = null""" + MINE;
    private static final String PAUSE = "now() + power(2, attempt - 1) * (0.5 + random() / 2) * interval '1 second'";
    private static final String FAILED = """
            update image_job
            set state = case when attempt >= max_attempts or $5 then 'dead' else 'ready' end, run_at = %s,
                lease_owner = null, lease_until = null, last_error = left($4, 500)""".formatted(PAUSE) + MINE;
    private static final String REAP = """
            update image_job
            set state = case when attempt >= max_attempts then 'dead' else 'ready' end, run_at = %s,
                lease_owner = null, lease_until = null, last_error = 'the worker ' || lease_owner || ' was not heard of'
            where state = 'running' and (lease_until < now() or lease_owner like $1 and lease_owner <> $2)""".formatted(PAUSE);

    private final Database database;
    private final JobConfig config;

    JobStore(Database database, JobConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Queues work once, however often it is asked for; a higher priority is taken over. Yields the job's id. */
    public Uni<Long> enqueue(NewJob job) {
        return database.query(
                        ENQUEUE,
                        Tuple.tuple(List.of(
                                job.kind(),
                                job.oid(),
                                job.addresses().toArray(String[]::new),
                                job.dedupKey(),
                                job.priority(),
                                config.ageing().toMillis())))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Claims the next job that is due. */
    Uni<Optional<JobClaim>> claim(String owner, Duration lease) {
        return database.query(CLAIM, Tuple.of(owner, lease.toMillis())).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new JobClaim(
                        row.getLong(0),
                        row.getString(1),
                        List.of(row.getArrayOfStrings(2)),
                        row.getInteger(3),
                        row.getInteger(4),
                        row.getDouble(5)));
            }
            return Optional.empty();
        });
    }

    /** Keeps the lease; false when it was lost or the job cancelled. */
    Uni<Boolean> heartbeat(JobClaim job, String owner, Duration lease) {
        return database.query(HEARTBEAT, Tuple.of(job.id(), job.attempt(), owner, lease.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Ends a job: from the queue to the history in one statement. False when its lease was lost meanwhile. */
    Uni<Boolean> end(JobClaim job, String owner, Worked.Result result) {
        return database.query(END, Tuple.of(job.id(), job.attempt(), owner, result.token()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Puts a job back that may not be done just now; that is no failure. */
    Uni<Void> later(JobClaim job, String owner, int seconds) {
        return database.query(LATER, Tuple.of(job.id(), job.attempt(), owner, seconds))
                .replaceWithVoid();
    }

    /** Puts a job back for later, or aside for good. */
    Uni<Void> failed(JobClaim job, String owner, String error, boolean forGood) {
        return database.query(FAILED, Tuple.of(job.id(), job.attempt(), owner, error, forGood))
                .replaceWithVoid();
    }

    /**
     * Takes jobs back whose worker was not heard of, and at once those that this worker held before it was started again.
     *
     * @param worker this worker's id, stable over restarts
     * @param owner this worker's id while it runs: the same and a slash and more
     * @return how many
     */
    Uni<Integer> reap(String worker, String owner) {
        String former = worker.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%") + "/%";
        return database.query(REAP, Tuple.of(former, owner)).map(rows -> rows.rowCount());
    }
}
