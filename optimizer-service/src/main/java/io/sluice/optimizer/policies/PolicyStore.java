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
                updated_by = $13, updated_at = now(), version = version + 1
            where id = $1 and version = $2
            returning *""";

    private final Database database;

    PolicyStore(Database database) {
        this.database = database;
    }

    /** All, by id. */
    public Uni<List<Policy>> all() {
        return database.query(ALL).map(PolicyStore::policies);
    }

    /** What it is now; empty when it is no longer at {@code version}. */
    Uni<List<Policy>> update(String id, int version, boolean enabled, PacingRule pacing, FaultRule faults, String by) {
        Tuple row = Tuple.tuple()
                .addString(id)
                .addInteger(version)
                .addBoolean(enabled)
                .addDouble(pacing.kappa())
                .addDouble(pacing.activateAt())
                .addDouble(pacing.releaseBelow())
                .addDouble(pacing.minChange())
                .addLong(pacing.staleAfter().toSeconds())
                .addDouble(faults.enterRatio())
                .addDouble(faults.leaveRatio())
                .addLong(faults.minRequests())
                .addDouble(faults.level())
                .addString(by);
        return database.inTransaction(connection -> connection
                .preparedQuery(UPDATE)
                .execute(row)
                .map(PolicyStore::policies)
                .call(changed -> changed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : AuditStore.append(
                                connection, by, "policy.changed", id, enabled + " " + pacing + " " + faults)));
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
