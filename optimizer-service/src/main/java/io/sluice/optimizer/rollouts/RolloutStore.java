package io.sluice.optimizer.rollouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.contracts.directive.RolloutStatus.State;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.contracts.directive.RolloutStatus.Steps;
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
                   w.seen_at > now() - $3 * interval '1 millisecond' as live,
                   s.first_generation, s.last_generation, s.state as step_state, s.step, s.steps, s.fraction,
                   s.side_after, s.step_at, s.why
            from directive d
            left join rollout s on s.scope = d.scope
                and d.generation between s.first_generation and s.last_generation
            left join receipt r on r.scope = d.scope and r.generation = d.generation
            left join worker w on w.id = r.worker_id
            where d.scope = $1 and d.generation = $2
            order by w.id""";

    private final Database database;
    private final DirectiveConfig config;
    private final ObjectMapper json;

    RolloutStore(Database database, DirectiveConfig config, ObjectMapper json) {
        this.database = database;
        this.json = json;
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

    private RolloutStatus status(String scope, long generation, RowSet<Row> rows) {
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
        return new RolloutStatus(
                scope,
                epoch,
                generation,
                state,
                rollout.audience(),
                rollout.applied(),
                workers,
                steps(rows.iterator().next()));
    }

    private @Nullable Steps steps(Row row) {
        if (row.getLong("first_generation") == null) {
            return null;
        }
        try {
            return new Steps(
                    row.getLong("first_generation"),
                    row.getLong("last_generation"),
                    StepState.valueOf(row.getString("step_state")),
                    row.getInteger("step"),
                    row.getInteger("steps"),
                    row.getDouble("fraction"),
                    json.treeToValue(
                            json.readTree(row.getValue("side_after").toString()).path("axes"), Axes.class),
                    row.getOffsetDateTime("step_at").toInstant(),
                    row.getString("why"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored rollout cannot be read", e);
        }
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
