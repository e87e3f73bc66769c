package io.sluice.gateway.markets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The markets in PostgreSQL; each change adds a version, and versions are never removed. */
@ApplicationScoped
class MarketStore {
    private static final String ALL =
            "select name, version, policy::text as policy, changed_at from market order by name";
    private static final String VERSIONS = """
            select name, version, policy::text as policy, changed_at from market_version
            where name = $1 and version < $2 order by version desc limit $3""";
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('market'))";
    private static final String PUT = """
            with kept as (
                insert into market_version (name, version, policy)
                select $1, coalesce(max(version), 0) + 1, $2::text::jsonb from market_version where name = $1
                returning version, changed_at)
            insert into market (name, version, policy, changed_at)
            select $1, version, $2::text::jsonb, changed_at from kept
            on conflict (name) do update
            set version = excluded.version, policy = excluded.policy, changed_at = excluded.changed_at""";
    private static final String DELETE = "delete from market where name = $1";

    private final Database database;
    private final ObjectMapper json;

    MarketStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    Uni<MarketSet> all() {
        return database.query(ALL).map(rows -> new MarketSet(markets(rows)));
    }

    /** Versions of a market below one, newest first. */
    Uni<List<Market>> versions(String name, long below, int limit) {
        return database.query(VERSIONS, Tuple.of(name, below, limit)).map(this::markets);
    }

    /** Puts a new version into force. */
    Uni<Void> put(String name, Policy policy) {
        return database.inTransaction(connection -> connection
                .query(LOCK)
                .execute()
                .chain(ignored -> connection.preparedQuery(PUT).execute(Tuple.of(name, text(policy))))
                .replaceWithVoid());
    }

    /** Whether there was one. */
    Uni<Boolean> delete(String name) {
        return database.query(DELETE, Tuple.of(name)).map(done -> done.rowCount() > 0);
    }

    private List<Market> markets(RowSet<Row> rows) {
        List<Market> markets = new ArrayList<>();
        for (Row row : rows) {
            markets.add(new Market(
                    row.getString("name"),
                    row.getLong("version"),
                    row.getOffsetDateTime("changed_at").toInstant(),
                    policy(row)));
        }
        return markets;
    }

    private Policy policy(Row row) {
        try {
            return json.readValue(row.getString("policy"), Policy.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the policy of " + row.getString("name") + " cannot be read", e);
        }
    }

    private String text(Policy policy) {
        try {
            return json.writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy cannot be written", e);
        }
    }
}
