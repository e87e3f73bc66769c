package io.sluice.optimizer.decisions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.directives.DirectiveContent;
import io.sluice.optimizer.directives.DirectiveStore;
import io.sluice.optimizer.directives.Issued;
import io.sluice.optimizer.leadership.LeadershipStore;
import io.sluice.optimizer.leadership.Vouch;
import io.sluice.optimizer.overrides.LevelOverride;
import io.sluice.optimizer.overrides.OverrideStore;
import io.sluice.optimizer.pacing.Demand;
import io.sluice.optimizer.pacing.HourOfWeek;
import io.sluice.optimizer.pacing.Metering;
import io.sluice.optimizer.pacing.Pace;
import io.sluice.optimizer.pacing.PacerState;
import io.sluice.optimizer.policies.Axis;
import io.sluice.optimizer.policies.Policy;
import io.sluice.optimizer.steps.Staging;
import io.sluice.optimizer.steps.StepPlan;
import io.sluice.optimizer.steps.StepPlanStore;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The latest verdicts, and the one transaction that turns them into directives. */
@ApplicationScoped
@RegisterForReflection(
        targets = {PacerState.class, Demand.class, HourOfWeek.class, Metering.class, Metering.Mark.class})
class VerdictStore {
    private static final String ALL = """
            select v.*, p.version, p.mode from verdict v join policy p on p.id = v.policy_id where p.enabled
            order by policy_id, signal_id""";
    private static final String FORGET = "delete from verdict";
    private static final String INSERT = """
            insert into verdict
                (policy_id, signal_id, scope, axis, saving, level, mean_saving, gate, text, inputs, updated_at, period_end,
                 memory)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11, $12, $13::text::jsonb)""";
    private static final String NOW = "select now() as at";
    private static final TypeReference<Map<String, Double>> INPUTS = new TypeReference<>() {};

    private final Database database;
    private final DirectiveStore directives;
    private final Composition composition;
    private final StepPlanStore plans;
    private final Staging staging;
    private final ObjectMapper json;

    VerdictStore(
            Database database,
            DirectiveStore directives,
            Composition composition,
            StepPlanStore plans,
            Staging staging,
            ObjectMapper json) {
        this.database = database;
        this.directives = directives;
        this.composition = composition;
        this.plans = plans;
        this.staging = staging;
        this.json = json;
    }

    /** Of enabled policies. */
    Uni<List<Verdict>> all() {
        return database.query(ALL).map(this::verdicts);
    }

    /** Replaces all verdicts; fails with NotLeader when the epoch is no longer ours. */
    Uni<Void> replace(Vouch mine, List<Verdict> verdicts) {
        return database.inTransaction(connection -> LeadershipStore.fence(connection, mine)
                .flatMap(done -> connection.preparedQuery(FORGET).execute())
                .flatMap(done -> verdicts.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(INSERT)
                                .executeBatch(verdicts.stream().map(this::row).toList())
                                .replaceWithVoid()));
    }

    /**
     * Issues a new generation of each scope whose content has changed, or is a step further. The leadership's row is locked first,
     * so what is read is what is issued, whoever else tries.
     */
    Uni<List<Issued>> issue(Vouch mine) {
        return database.inTransaction(connection -> LeadershipStore.fence(connection, mine)
                .flatMap(fenced -> connection.preparedQuery(ALL).execute())
                .map(this::verdicts)
                .map(Verdict::published)
                .flatMap(verdicts -> OverrideStore.active(connection)
                        .flatMap(overrides -> issue(connection, mine, verdicts, overrides))));
    }

    private Uni<List<Issued>> issue(
            SqlConnection connection, Vouch mine, List<Verdict> verdicts, List<LevelOverride> overrides) {
        return Uni.combine()
                .all()
                .unis(
                        directives.inForce(connection),
                        plans.newest(connection),
                        connection.preparedQuery(NOW).execute())
                .usingConcurrencyOf(1)
                .asTuple()
                .flatMap(read -> {
                    Map<String, Directive> held = new TreeMap<>();
                    read.getItem1()
                            .forEach(issued -> held.put(issued.directive().scope(), issued.directive()));
                    Map<String, StepPlan> newest = read.getItem2();
                    Instant at = read.getItem3()
                            .iterator()
                            .next()
                            .getOffsetDateTime("at")
                            .toInstant();
                    return Multi.createFrom()
                            .iterable(Composition.scopes(held.keySet(), verdicts, overrides))
                            .onItem()
                            .transformToUniAndConcatenate(scope -> issue(
                                    connection,
                                    held.get(scope),
                                    staging.decide(
                                            newest.get(scope),
                                            held.getOrDefault(scope, held.get(Directive.GLOBAL)),
                                            composition.compose(scope, verdicts, overrides),
                                            Composition.immediate(scope, verdicts, overrides),
                                            at),
                                    mine.epoch(),
                                    at))
                            .collect()
                            .asList();
                })
                .map(all -> all.stream().flatMap(Optional::stream).toList());
    }

    private Uni<Optional<Issued>> issue(
            SqlConnection connection, @Nullable Directive before, Staging.Staged staged, long epoch, Instant at) {
        StepPlan plan = staged.plan();
        if (staged.content().hash().equals(hashOf(before))) {
            Uni<Void> kept =
                    plan == null || plan.first() == 0 ? Uni.createFrom().voidItem() : plans.save(connection, plan);
            return kept.replaceWith(Optional.empty());
        }
        return directives
                .insert(connection, next(staged.content(), before, epoch, at))
                .call(issued -> plan == null
                        ? Uni.createFrom().voidItem()
                        : plans.save(
                                connection,
                                plan.underWay() ? plan.issued(issued.directive().generation()) : plan))
                .map(Optional::of);
    }

    private static Directive next(DirectiveContent content, @Nullable Directive before, long epoch, Instant at) {
        return content.as(UUID.randomUUID(), epoch, before == null ? 1 : before.generation() + 1, at);
    }

    private static String hashOf(@Nullable Directive directive) {
        return directive == null ? "" : directive.contentHash();
    }

    private List<Verdict> verdicts(RowSet<Row> rows) {
        List<Verdict> all = new ArrayList<>();
        rows.forEach(row -> all.add(verdict(row)));
        return all;
    }

    private Verdict verdict(Row row) {
        OffsetDateTime end = row.getOffsetDateTime("period_end");
        double saving = row.getDouble("saving");
        Pace.Gate gate = Pace.Gate.valueOf(row.getString("gate"));
        return new Verdict(
                row.getString("policy_id"),
                row.getInteger("version"),
                row.getString("signal_id"),
                row.getString("scope"),
                Axis.valueOf(row.getString("axis")),
                new Pace(saving, saving, row.getDouble("mean_saving"), gate),
                row.getDouble("level"),
                row.getString("text"),
                inputs(row.getValue("inputs").toString()),
                row.getOffsetDateTime("updated_at").toInstant(),
                memory(row.getValue("memory")),
                end == null ? null : end.toInstant(),
                Policy.Mode.valueOf(row.getString("mode")) == Policy.Mode.SHADOW);
    }

    private Tuple row(Verdict verdict) {
        Instant end = verdict.periodEnd();
        return Tuple.tuple()
                .addString(verdict.policyId())
                .addString(verdict.signalId())
                .addString(verdict.scope())
                .addString(verdict.axis().name())
                .addDouble(verdict.pace().saving())
                .addDouble(verdict.level())
                .addDouble(verdict.pace().meanSaving())
                .addString(verdict.pace().gate().name())
                .addString(verdict.text())
                .addString(write(verdict.inputs()))
                .addOffsetDateTime(verdict.at().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(end == null ? null : end.atOffset(ZoneOffset.UTC))
                .addString(verdict.memory() == null ? null : write(verdict.memory()));
    }

    private Map<String, Double> inputs(String text) {
        try {
            return json.readValue(text, INPUTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored inputs cannot be read", e);
        }
    }

    private @Nullable PacerState memory(@Nullable Object stored) {
        try {
            return stored == null ? null : json.readValue(stored.toString(), PacerState.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored pacer cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verdict cannot be written", e);
        }
    }
}
