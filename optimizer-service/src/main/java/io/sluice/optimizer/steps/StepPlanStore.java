package io.sluice.optimizer.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.optimizer.audit.AuditStore;
import io.sluice.optimizer.leadership.LeadershipStore;
import io.sluice.optimizer.leadership.Vouch;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Rollouts in steps; all times are the database's. */
@ApplicationScoped
@RegisterForReflection(targets = Side.class)
public class StepPlanStore {
    private static final String NEWEST =
            "select distinct on (scope) * from rollout order by scope, first_generation desc";
    private static final String NOW = "select now() as at";
    private static final String OF = """
            select *, now() as at from rollout where scope = $1 and first_generation <= $2 and last_generation >= $2
            for update""";
    private static final String END_OTHERS = """
            update rollout set is_over = true where scope = $1 and not is_over and first_generation <> $2""";
    private static final String SAVE = """
            insert into rollout
                (scope, first_generation, last_generation, state, is_over, step, steps, fraction, side_before, side_after,
                 started_at, step_at, changed_at, why)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10::text::jsonb, $11, $12, $13, $14)
            on conflict (scope, first_generation) do update
            set last_generation = excluded.last_generation, state = excluded.state, is_over = excluded.is_over,
                step = excluded.step, fraction = excluded.fraction, side_after = excluded.side_after,
                step_at = excluded.step_at, changed_at = excluded.changed_at, why = excluded.why""";
    private static final String EXPLAIN = """
            update rollout set why = $3 where scope = $1 and first_generation = $2 and state = 'STEPPING' and why <> $3""";

    private final Database database;
    private final ObjectMapper json;

    StepPlanStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** The newest of each scope, and what time it is. */
    Uni<Newest> newest() {
        return database.query(NEWEST).flatMap(rows -> database.query(NOW).map(at -> new Newest(at(at), byScope(rows))));
    }

    /**
     * The newest plans.
     *
     * @param at by the database's clock
     * @param byScope over or not
     */
    record Newest(Instant at, Map<String, StepPlan> byScope) {}

    /** The same within a transaction. */
    public Uni<Map<String, StepPlan>> newest(SqlConnection connection) {
        return connection.preparedQuery(NEWEST).execute().map(this::byScope);
    }

    /** Keeps a plan; any other one of its scope is over. */
    public Uni<Void> save(SqlConnection connection, StepPlan plan) {
        return connection
                .preparedQuery(END_OTHERS)
                .execute(Tuple.of(plan.scope(), plan.first()))
                .flatMap(done -> connection.preparedQuery(SAVE).execute(row(plan)))
                .replaceWithVoid();
    }

    /** Says why a plan waits. */
    Uni<Void> explain(StepPlan plan, String why) {
        return plan.why().equals(why)
                ? Uni.createFrom().voidItem()
                : database.query(EXPLAIN, Tuple.of(plan.scope(), plan.first(), why))
                        .replaceWithVoid();
    }

    /** Changes a plan that is still as it was seen; fails with NotLeader when the epoch is no longer ours. */
    Uni<Void> change(Vouch mine, StepPlan seen, StepPlan next, String action) {
        return database.inTransaction(connection -> LeadershipStore.fence(connection, mine)
                .flatMap(fenced -> connection.preparedQuery(OF).execute(Tuple.of(seen.scope(), seen.last())))
                .flatMap(rows -> {
                    StepPlan present = first(rows).orElse(null);
                    return present == null || present.step() != seen.step() || present.state() != seen.state()
                            ? Uni.createFrom().voidItem()
                            : changed(connection, next, "optimizer-service", action);
                }));
    }

    /**
     * An operator's change.
     *
     * @param change makes the next plan of the present one and the time; what it throws is thrown
     * @return the new plan; empty when no rollout in steps has this generation
     */
    Uni<Optional<StepPlan>> change(
            String scope,
            long generation,
            BiFunction<StepPlan, Instant, StepPlan> change,
            String actor,
            String action) {
        return database.inTransaction(connection -> LeadershipStore.hold(connection)
                .flatMap(held -> connection.preparedQuery(OF).execute(Tuple.of(scope, generation)))
                .flatMap(rows -> {
                    Optional<StepPlan> next = first(rows).map(plan -> change.apply(plan, at(rows)));
                    return next.isEmpty()
                            ? Uni.createFrom().item(next)
                            : changed(connection, next.get(), actor, action).replaceWith(next);
                }));
    }

    private Uni<Void> changed(SqlConnection connection, StepPlan next, String actor, String action) {
        return save(connection, next)
                .flatMap(done -> AuditStore.append(
                        connection,
                        actor,
                        action,
                        next.scope() + '/' + next.last(),
                        "step " + next.step() + " of " + next.of() + (next.why().isEmpty() ? "" : ": " + next.why())));
    }

    private static Instant at(RowSet<Row> rows) {
        return rows.iterator().next().getOffsetDateTime("at").toInstant();
    }

    private Map<String, StepPlan> byScope(RowSet<Row> rows) {
        Map<String, StepPlan> plans = new TreeMap<>();
        rows.forEach(row -> plans.put(row.getString("scope"), plan(row)));
        return plans;
    }

    private Optional<StepPlan> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(plan(rows.iterator().next()));
    }

    private StepPlan plan(Row row) {
        return new StepPlan(
                row.getString("scope"),
                row.getLong("first_generation"),
                row.getLong("last_generation"),
                StepState.valueOf(row.getString("state")),
                row.getBoolean("is_over"),
                row.getInteger("step"),
                row.getInteger("steps"),
                row.getDouble("fraction"),
                side(row.getValue("side_before")),
                side(row.getValue("side_after")),
                instant(row, "started_at"),
                instant(row, "step_at"),
                instant(row, "changed_at"),
                row.getString("why"));
    }

    private Tuple row(StepPlan plan) {
        return Tuple.tuple()
                .addString(plan.scope())
                .addLong(plan.first())
                .addLong(plan.last())
                .addString(plan.state().name())
                .addBoolean(plan.over())
                .addInteger(plan.step())
                .addInteger(plan.of())
                .addDouble(plan.fraction())
                .addString(text(plan.before()))
                .addString(text(plan.after()))
                .addOffsetDateTime(plan.startedAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(plan.stepAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(plan.changedAt().atOffset(ZoneOffset.UTC))
                .addString(plan.why());
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private Side side(@Nullable Object stored) {
        try {
            return json.readValue(String.valueOf(stored), Side.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored rollout cannot be read", e);
        }
    }

    private String text(Side side) {
        try {
            return json.writeValueAsString(side);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rollout cannot be written", e);
        }
    }
}
