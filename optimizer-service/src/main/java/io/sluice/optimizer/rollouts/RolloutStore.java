package io.sluice.optimizer.rollouts;

import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.contracts.directive.RolloutStatus.State;
import io.sluice.contracts.directive.RolloutStatus.Worker;
import io.sluice.optimizer.directives.DirectiveConfig;
import io.sluice.platform.database.Database;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads who has a directive. */
@ApplicationScoped
class RolloutStore {
    private static final String ROLLOUT = """
            select d.epoch, (select max(generation) from directive where scope = $1) as newest,
                   w.id, w.service, w.seen_at, r.expected, r.status, r.acked_at, r.ignored, r.message,
                   w.seen_at > now() - $3 * interval '1 millisecond' as live
            from directive d
            left join receipt r on r.scope = d.scope and r.generation = d.generation
            left join worker w on w.id = r.worker_id
            where d.scope = $1 and d.generation = $2
            order by w.id""";

    private final Database database;
    private final DirectiveConfig config;

    RolloutStore(Database database, DirectiveConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Fails with {@link UnknownResource} when there is no such directive. */
    Uni<RolloutStatus> status(String scope, long generation) {
        Tuple which = Tuple.of(scope, generation, config.directives().live().toMillis());
        return database.query(ROLLOUT, which).map(rows -> {
            if (rows.size() == 0) {
                throw new UnknownResource("directive", scope + '/' + generation);
            }
            return status(scope, generation, rows);
        });
    }

    private static RolloutStatus status(String scope, long generation, RowSet<Row> rows) {
        List<Worker> workers = new ArrayList<>();
        List<Rollout.Receiver> audience = new ArrayList<>();
        long epoch = 0;
        boolean superseded = false;
        for (Row row : rows) {
            epoch = row.getLong("epoch");
            superseded = row.getLong("newest") > generation;
            if (row.getString("id") != null) {
                Ack.@Nullable Status status = ack(row.getString("status"));
                workers.add(worker(row, status));
                if (row.getBoolean("expected")) {
                    audience.add(new Rollout.Receiver(status, row.getBoolean("live")));
                }
            }
        }
        Rollout rollout = Rollout.of(audience, superseded);
        State state = rollout.state();
        return new RolloutStatus(scope, epoch, generation, state, rollout.audience(), rollout.applied(), workers);
    }

    private static Worker worker(Row row, Ack.@Nullable Status status) {
        OffsetDateTime at = row.getOffsetDateTime("acked_at");
        return new Worker(
                row.getString("id"),
                row.getString("service"),
                status,
                at == null ? null : at.toInstant(),
                row.getOffsetDateTime("seen_at").toInstant(),
                List.of(row.getArrayOfStrings("ignored")),
                row.getString("message"));
    }

    private static Ack.@Nullable Status ack(@Nullable String name) {
        return name == null ? null : Ack.Status.valueOf(name);
    }
}
