package io.sluice.image.job;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The queue of deferred encodes: claimed with a lease by the database's clock, fenced by the attempt. Execution is at least
 * once; what is published is published once, for a variant's bytes are content-addressed and its entry is never replaced.
 */
@ApplicationScoped
class JobStore {
    private static final String ENQUEUE = """
            insert into encode_job (address) values ($1) on conflict (address) do nothing""";
    private static final String CLAIM = """
            with next as (
                select id from encode_job where state = 'ready' and run_at <= now()
                order by priority, run_at, id limit 1 for update skip locked)
            update encode_job j
            set state = 'running', attempt = attempt + 1, lease_owner = $1,
                lease_until = now() + $2 * interval '1 millisecond'
            from next where j.id = next.id
            returning j.id, j.address, j.attempt""";
    private static final String HEARTBEAT = """
            update encode_job set lease_until = now() + $4 * interval '1 millisecond'
            where id = $1 and attempt = $2 and lease_owner = $3 and state = 'running'""";
    private static final String DONE = """
            delete from encode_job where id = $1 and attempt = $2 and lease_owner = $3 and state = 'running'""";
    private static final String FAILED = """
            update encode_job
            set state = case when attempt >= max_attempts or $5 then 'dead' else 'ready' end,
                run_at = now() + power(2, attempt - 1) * (0.5 + random() / 2) * interval '1 second',
                lease_owner = null, lease_until = null, last_error = left($4, 500)
            where id = $1 and attempt = $2 and lease_owner = $3 and state = 'running'""";
    private static final String REAP = """
            update encode_job
            set state = case when attempt >= max_attempts then 'dead' else 'ready' end,
                run_at = now() + power(2, attempt - 1) * (0.5 + random() / 2) * interval '1 second',
                lease_owner = null, lease_until = null, last_error = 'lease ran out'
            where state = 'running' and lease_until < now()""";
    private static final String COUNT = "select state, count(*) from encode_job group by state";

    private final Database database;

    JobStore(Database database) {
        this.database = database;
    }

    /** Queues an address once, however often it is asked for. */
    Uni<Void> enqueue(String address) {
        return database.query(ENQUEUE, Tuple.of(address)).replaceWithVoid();
    }

    /** Claims the next job that is due. */
    Uni<Optional<EncodeJob>> claim(String owner, Duration lease) {
        return database.query(CLAIM, Tuple.of(owner, lease.toMillis())).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new EncodeJob(row.getLong(0), row.getString(1), row.getInteger(2)));
            }
            return Optional.empty();
        });
    }

    /** Keeps the lease; false when it was lost. */
    Uni<Boolean> heartbeat(EncodeJob job, String owner, Duration lease) {
        return database.query(HEARTBEAT, Tuple.of(job.id(), job.attempt(), owner, lease.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Ends a job; false when its lease was lost meanwhile. */
    Uni<Boolean> done(EncodeJob job, String owner) {
        return database.query(DONE, Tuple.of(job.id(), job.attempt(), owner)).map(rows -> rows.rowCount() == 1);
    }

    /** Puts a job back for later, or aside for good. */
    Uni<Void> failed(EncodeJob job, String owner, String error, boolean forGood) {
        return database.query(FAILED, Tuple.of(job.id(), job.attempt(), owner, error, forGood))
                .replaceWithVoid();
    }

    /** Takes jobs back whose worker was not heard of; yields how many. */
    Uni<Integer> reap() {
        return database.query(REAP).map(rows -> rows.rowCount());
    }

    /** Jobs by state. */
    Uni<Map<String, Long>> count() {
        return database.query(COUNT).map(rows -> {
            Map<String, Long> counts = new HashMap<>();
            rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
            return counts;
        });
    }
}
