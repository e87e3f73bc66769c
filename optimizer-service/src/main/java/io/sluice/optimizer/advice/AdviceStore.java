package io.sluice.optimizer.advice;

import io.sluice.optimizer.audit.AuditStore;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What was decided about advice; the newest decision of each counts. */
@ApplicationScoped
class AdviceStore {
    private static final String NEWEST = """
            select distinct on (recommendation_id) * from advice_decision order by recommendation_id, seq desc""";
    private static final String INSERT = """
            insert into advice_decision
                (recommendation_id, accepted, committed_gigabytes, gigabytes, monthly_saving, commit_price,
                 overage_price, reason, actor)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";

    private final Database database;

    AdviceStore(Database database) {
        this.database = database;
    }

    /**
     * A decision with what was known when it was made.
     *
     * @param terms with the commit that was in force
     * @param gigabytes that were recommended
     */
    record Decision(
            boolean accepted,
            Terms terms,
            double gigabytes,
            double monthlySaving,
            String reason,
            String actor,
            Instant at) {}

    /** The newest of each recommendation, by its id. */
    Uni<Map<String, Decision>> newest() {
        return database.query(NEWEST).map(rows -> {
            Map<String, Decision> newest = new HashMap<>();
            for (Row row : rows) {
                newest.put(row.getString("recommendation_id"), decision(row));
            }
            return newest;
        });
    }

    /** Stores one; its time is the database's. */
    Uni<Void> insert(String recommendation, Decision decision) {
        Tuple row = Tuple.tuple()
                .addString(recommendation)
                .addBoolean(decision.accepted())
                .addDouble(decision.terms().committed())
                .addDouble(decision.gigabytes())
                .addDouble(decision.monthlySaving())
                .addDouble(decision.terms().commitPrice())
                .addDouble(decision.terms().overagePrice())
                .addString(decision.reason())
                .addString(decision.actor());
        String action = decision.accepted() ? "recommendation.accepted" : "recommendation.rejected";
        Function<SqlConnection, Uni<Void>> work = connection -> connection
                .preparedQuery(INSERT)
                .execute(row)
                .flatMap(done -> AuditStore.append(
                        connection,
                        decision.actor(),
                        action,
                        recommendation,
                        decision.gigabytes() + " GB: " + decision.reason()));
        return database.inTransaction(work);
    }

    private static Decision decision(Row row) {
        return new Decision(
                row.getBoolean("accepted"),
                new Terms(
                        row.getDouble("committed_gigabytes"),
                        row.getDouble("commit_price"),
                        row.getDouble("overage_price")),
                row.getDouble("gigabytes"),
                row.getDouble("monthly_saving"),
                row.getString("reason"),
                row.getString("actor"),
                row.getOffsetDateTime("at").toInstant());
    }
}
