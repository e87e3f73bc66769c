package io.sluice.gateway.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** The contracts in PostgreSQL, one for each CDN; a CDN that is removed takes its contract along. */
@ApplicationScoped
class ContractStore {
    private static final String ALL = "select cdn, terms::text as terms from contract";
    private static final String PUT = """
            insert into contract (cdn, terms)
            select name, $2::text::jsonb from cdn where name = $1
            on conflict (cdn) do update set terms = excluded.terms, changed_at = now()""";
    private static final String DELETE = "delete from contract where cdn = $1";

    private final Database database;
    private final ObjectMapper json;

    ContractStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    Uni<ContractSet> all() {
        return database.query(ALL).map(this::set);
    }

    /** Whether there is such a CDN. */
    Uni<Boolean> put(String cdn, Contract contract) {
        return database.query(PUT, Tuple.of(cdn, text(contract))).map(done -> done.rowCount() > 0);
    }

    /** Whether there was one. */
    Uni<Boolean> delete(String cdn) {
        return database.query(DELETE, Tuple.of(cdn)).map(done -> done.rowCount() > 0);
    }

    private ContractSet set(RowSet<Row> rows) {
        Map<String, Contract> byCdn = new HashMap<>();
        for (Row row : rows) {
            try {
                byCdn.put(row.getString("cdn"), json.readValue(row.getString("terms"), Contract.class));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the contract with " + row.getString("cdn") + " cannot be read", e);
            }
        }
        return new ContractSet(byCdn);
    }

    private String text(Contract contract) {
        try {
            return json.writeValueAsString(contract);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a contract cannot be written", e);
        }
    }
}
