package io.sluice.gateway.edgerules;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules in PostgreSQL: replaced as a whole. */
@ApplicationScoped
class EdgeRulesStore {
    private static final String ALL = """
            select s.version, r.*
            from edge_rule_set s left join edge_rule r on true
            order by r.position""";
    private static final String NEXT = """
            update edge_rule_set set version = version + 1 where $1::bigint is null or version = $1 returning version""";
    private static final String CLEAR = "delete from edge_rule";
    private static final String ADD = """
            insert into edge_rule (position, name, prefix, extensions, browser_seconds, edge_seconds,
                stale_while_revalidate_seconds, stale_if_error_seconds, immutable)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";

    private final Database database;

    EdgeRulesStore(Database database) {
        this.database = database;
    }

    Uni<EdgeRules> all() {
        return database.query(ALL).map(EdgeRulesStore::rules);
    }

    /**
     * Replaces all rules.
     *
     * @param expected version that they must have; null for any
     * @throws StaleEdgeRules as a failure, when they have another
     */
    Uni<EdgeRules> replace(EdgeRules rules, @Nullable Long expected) {
        return database.inTransaction(connection -> connection
                .preparedQuery(NEXT)
                .execute(Tuple.tuple().addLong(expected))
                .invoke(changed -> {
                    if (changed.rowCount() == 0) {
                        throw new StaleEdgeRules();
                    }
                })
                .chain(changed -> fill(connection, rules)
                        .replaceWith(new EdgeRules(changed.iterator().next().getLong("version"), rules.rules()))));
    }

    private static Uni<Void> fill(SqlConnection connection, EdgeRules rules) {
        List<Tuple> rows = new ArrayList<>();
        for (EdgeRule rule : rules.rules()) {
            rows.add(Tuple.tuple()
                    .addInteger(rows.size())
                    .addString(rule.name())
                    .addString(rule.prefix())
                    .addArrayOfString(rule.extensions().toArray(String[]::new))
                    .addLong(rule.browser().toSeconds())
                    .addLong(rule.edge().toSeconds())
                    .addLong(rule.staleWhileRevalidate().toSeconds())
                    .addLong(rule.staleIfError().toSeconds())
                    .addBoolean(rule.immutable()));
        }
        return connection
                .query(CLEAR)
                .execute()
                .chain(() -> connection.preparedQuery(ADD).executeBatch(rows))
                .replaceWithVoid();
    }

    private static EdgeRules rules(RowSet<Row> rows) {
        long version = 0;
        List<EdgeRule> rules = new ArrayList<>();
        for (Row row : rows) {
            version = row.getLong("version");
            if (row.getString("name") != null) {
                rules.add(new EdgeRule(
                        row.getString("name"),
                        row.getString("prefix"),
                        List.of(row.getArrayOfStrings("extensions")),
                        Duration.ofSeconds(row.getLong("browser_seconds")),
                        Duration.ofSeconds(row.getLong("edge_seconds")),
                        Duration.ofSeconds(row.getLong("stale_while_revalidate_seconds")),
                        Duration.ofSeconds(row.getLong("stale_if_error_seconds")),
                        row.getBoolean("immutable")));
            }
        }
        return rules.isEmpty() ? EdgeRules.FIRST : new EdgeRules(version, rules);
    }
}
