package io.sluice.optimizer.decisions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.page.Page;
import io.sluice.optimizer.pacing.Pace;
import io.sluice.optimizer.policies.Axis;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decisions that were made, newest first. */
@ApplicationScoped
class DecisionStore {
    private static final String INSERT = """
            insert into decision
                (id, at, policy_id, policy_version, scope, axis, binding, saving, level, gate, text, inputs, shadow)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13)""";
    private static final String PAGE = """
            select * from decision
            where seq < $1 and ($3::text is null or policy_id = $3) and ($4::boolean is null or shadow = $4)
            order by seq desc limit $2""";
    private static final String FIND = "select * from decision where id = $1";
    // The newest decision of each signal at that moment; who asks most of this axis and scope.
    private static final String LIMITING = """
            select binding from (
                select distinct on (other.policy_id, other.binding) other.binding, other.level
                from decision d join decision other
                    on other.axis = d.axis and other.scope = d.scope and other.seq <= d.seq
                    and (not other.shadow or other.policy_id = d.policy_id)
                    and other.at > d.at - interval '1 hour'
                where d.id = $1
                order by other.policy_id, other.binding, other.seq desc) as latest
            order by level desc, binding = (select binding from decision where id = $1) desc limit 1""";
    private static final TypeReference<Map<String, Double>> INPUTS = new TypeReference<>() {};

    private final Database database;
    private final ObjectMapper json;

    DecisionStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    Uni<Void> keep(List<Verdict> verdicts) {
        return verdicts.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.batch(INSERT, verdicts.stream().map(this::row).toList())
                        .replaceWithVoid();
    }

    /**
     * A page of decisions.
     *
     * @param before only those below this position
     * @param policy only those of this policy; null: of all
     * @param shadow only those of policies in the shadow, or only the others; null: all
     */
    Uni<Page<Decision>> page(long before, int limit, @Nullable String policy, @Nullable Boolean shadow) {
        return database.query(PAGE, Tuple.of(before, limit, policy, shadow)).map(rows -> {
            List<Decision> items = new ArrayList<>();
            long last = 0;
            for (Row row : rows) {
                items.add(decision(row));
                last = row.getLong("seq");
            }
            return new Page<>(items, items.size() == limit ? Long.toString(last) : null);
        });
    }

    /** One; empty when there is none. */
    Uni<Optional<Decision>> find(UUID id) {
        return database.query(FIND, Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(decision(row));
            }
            return Optional.empty();
        });
    }

    /** The signal that asked most of the same axis and scope when this was decided. */
    Uni<String> limiting(UUID id) {
        return database.query(LIMITING, Tuple.of(id))
                .map(rows -> rows.iterator().next().getString("binding"));
    }

    private Decision decision(Row row) {
        try {
            return new Decision(
                    row.getUUID("id"),
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("policy_id"),
                    row.getInteger("policy_version"),
                    row.getString("scope"),
                    Axis.valueOf(row.getString("axis")),
                    row.getString("binding"),
                    row.getDouble("saving"),
                    row.getDouble("level"),
                    Pace.Gate.valueOf(row.getString("gate")),
                    row.getString("text"),
                    json.readValue(row.getValue("inputs").toString(), INPUTS),
                    row.getBoolean("shadow"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored decision cannot be read", e);
        }
    }

    private Tuple row(Verdict verdict) {
        try {
            return Tuple.tuple()
                    .addUUID(UUID.randomUUID())
                    .addOffsetDateTime(verdict.at().atOffset(ZoneOffset.UTC))
                    .addString(verdict.policyId())
                    .addInteger(verdict.policyVersion())
                    .addString(verdict.scope())
                    .addString(verdict.axis().name())
                    .addString(verdict.signalId())
                    .addDouble(verdict.pace().saving())
                    .addDouble(verdict.level())
                    .addString(verdict.pace().gate().name())
                    .addString(verdict.text())
                    .addString(json.writeValueAsString(verdict.inputs()))
                    .addBoolean(verdict.shadow());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a decision cannot be written", e);
        }
    }
}
