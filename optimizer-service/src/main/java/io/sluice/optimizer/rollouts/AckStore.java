package io.sluice.optimizer.rollouts;

import io.sluice.contracts.directive.Ack;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Acknowledgements, one for each receiver and directive. */
@ApplicationScoped
class AckStore {
    private static final String FACTS = """
            select w.boot_id, d.epoch, d.content_hash,
                   extract(epoch from now() - d.issued_at)::float8 as seconds
            from (select 1) as one
            left join worker w on w.id = $1
            left join directive d on d.scope = $2 and d.generation = $3""";
    // REJECTED is final, and what was applied is no longer merely received.
    private static final String RECORD = """
            insert into receipt as r
                (scope, generation, worker_id, expected, status, acked_at, ignored, message)
            values ($1, $2, $3, false, $4, now(), $5, $6)
            on conflict (scope, generation, worker_id) do update
            set status = excluded.status, acked_at = now(), ignored = excluded.ignored, message = excluded.message
            where r.status is null
               or (r.status <> 'REJECTED' and r.status <> excluded.status
                   and not (excluded.status = 'RECEIVED' and r.status in ('APPLIED', 'PARTIAL')))""";

    private final Database database;

    AckStore(Database database) {
        this.database = database;
    }

    /** What an acknowledgement is judged by. */
    Uni<Facts> facts(String worker, Ack ack) {
        return database.query(FACTS, Tuple.of(worker, ack.scope(), ack.generation()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Facts(
                            row.getString("boot_id"),
                            row.getLong("epoch"),
                            row.getString("content_hash"),
                            row.getDouble("seconds"));
                });
    }

    /** Whether it was news. */
    Uni<Boolean> record(String worker, Ack ack) {
        return database.query(
                        RECORD,
                        Tuple.of(
                                ack.scope(),
                                ack.generation(),
                                worker,
                                ack.status().name(),
                                ack.ignored().toArray(String[]::new),
                                ack.message()))
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * What is known here.
     *
     * @param bootId of the registration; null without one
     * @param epoch of the directive; null when there is none. So are the next two
     * @param seconds since it was issued
     */
    record Facts(
            @Nullable String bootId,
            @Nullable Long epoch,
            @Nullable String contentHash,
            @Nullable Double seconds) {}
}
