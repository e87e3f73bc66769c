package io.sluice.optimizer.policies;

import io.sluice.optimizer.audit.AuditStore;
import io.sluice.optimizer.pacing.FaultRule;
import io.sluice.optimizer.pacing.PacingRule;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Policies; each change makes the next version. */
@ApplicationScoped
public class PolicyStore {
    private static final String ALL = "select * from policy order by id";
    private static final String UPDATE = """
            update policy
            set enabled = $3, kappa = $4, activate_at = $5, release_below = $6, min_change = $7,
                stale_after_seconds = $8, enter_ratio = $9, leave_ratio = $10, min_requests = $11, fault_level = $12,
                updated_by = $13, mode = $14, updated_at = now(), version = version + 1
            where id = $1 and version = $2
            returning *""";
    private static final String INSERT = """
            insert into policy
                (id, kind, mode, enabled, version, kappa, activate_at, release_below, min_change, stale_after_seconds,
                 enter_ratio, leave_ratio, min_requests, fault_level, updated_by, updated_at)
            values ($1, $2, 'SHADOW', true, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now())
            on conflict (id) do nothing
            returning *""";
    private static final String DELETE = "delete from policy where id = $1 and mode = 'SHADOW'";
    private static final String DELETE_VERDICTS = "delete from verdict where policy_id = $1";

    private final Database database;

    PolicyStore(Database database) {
        this.database = database;
    }

    /** All, by id. */
    public Uni<List<Policy>> all() {
        return database.query(ALL).map(PolicyStore::policies);
    }

    /** What it is now; empty when it is no longer at {@code version}. */
    Uni<List<Policy>> update(
            String id, int version, Policy.Mode mode, boolean enabled, PacingRule pacing, FaultRule faults, String by) {
        Tuple row = rules(Tuple.tuple().addString(id).addInteger(version).addBoolean(enabled), pacing, faults)
                .addString(by)
                .addString(mode.name());
        return database.inTransaction(connection -> connection
                .preparedQuery(UPDATE)
                .execute(row)
                .map(PolicyStore::policies)
                .call(changed -> changed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : AuditStore.append(
                                connection,
                                by,
                                "policy.changed",
                                id,
                                mode + " " + enabled + " " + pacing + " " + faults)));
    }

    /** Adds one in the shadow; empty when the id is taken. */
    Uni<List<Policy>> insert(String id, Policy.Kind kind, PacingRule pacing, FaultRule faults, String by) {
        Tuple row = rules(Tuple.tuple().addString(id).addString(kind.name()), pacing, faults)
                .addString(by);
        return database.inTransaction(connection -> connection
                .preparedQuery(INSERT)
                .execute(row)
                .map(PolicyStore::policies)
                .call(added -> added.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : AuditStore.append(connection, by, "policy.added", id, kind + " " + pacing + " " + faults)));
    }

    /** Removes one that is in the shadow, with its verdicts; its decisions stay. Whether there was one. */
    Uni<Boolean> delete(String id, String by) {
        return database.inTransaction(connection -> connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() > 0)
                .call(found -> found
                        ? connection
                                .preparedQuery(DELETE_VERDICTS)
                                .execute(Tuple.of(id))
                                .flatMap(done -> AuditStore.append(connection, by, "policy.removed", id, ""))
                        : Uni.createFrom().voidItem()));
    }

    private static Tuple rules(Tuple row, PacingRule pacing, FaultRule faults) {
        return row.addDouble(pacing.kappa())
                .addDouble(pacing.activateAt())
                .addDouble(pacing.releaseBelow())
                .addDouble(pacing.minChange())
                .addLong(pacing.staleAfter().toSeconds())
                .addDouble(faults.enterRatio())
                .addDouble(faults.leaveRatio())
                .addLong(faults.minRequests())
                .addDouble(faults.level());
    }

    private static List<Policy> policies(RowSet<Row> rows) {
        List<Policy> all = new ArrayList<>();
        rows.forEach(row -> all.add(policy(row)));
        return all;
    }

    private static Policy policy(Row row) {
        return new Policy(
                row.getString("id"),
                Policy.Kind.valueOf(row.getString("kind")),
                Policy.Mode.valueOf(row.getString("mode")),
                row.getBoolean("enabled"),
                row.getInteger("version"),
                new PacingRule(
                        row.getDouble("kappa"),
                        row.getDouble("activate_at"),
                        row.getDouble("release_below"),
                        row.getDouble("min_change"),
                        Duration.ofSeconds(row.getLong("stale_after_seconds"))),
                new FaultRule(
                        row.getDouble("enter_ratio"),
                        row.getDouble("leave_ratio"),
                        row.getLong("min_requests"),
                        row.getDouble("fault_level")),
                row.getString("updated_by"),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
