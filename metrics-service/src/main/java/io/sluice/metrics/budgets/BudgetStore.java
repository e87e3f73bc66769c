package io.sluice.metrics.budgets;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Budgets, and who changed them when. A deleted one leaves its row, so that no seed brings it back. */
@ApplicationScoped
class BudgetStore {
    private final Database database;

    BudgetStore(Database database) {
        this.database = database;
    }

    /** All budgets behind {@code after}, by id. */
    Uni<List<BudgetLimit>> list(String after, int limit) {
        return database.query("""
                        select id, amount, currency, cdns from budget
                        where not deleted and id > $1 order by id limit $2""", Tuple.of(after, limit)).map(rows -> {
            List<BudgetLimit> found = new ArrayList<>();
            rows.forEach(row -> found.add(budget(row)));
            return found;
        });
    }

    /** Adds a budget of the configuration, unless there is one by this id, or was. */
    Uni<Void> seed(BudgetLimit budget) {
        return database.query("""
                        insert into budget (id, amount, currency, cdns) values ($1, $2, $3, $4)
                        on conflict do nothing""", parameters(budget)).replaceWithVoid();
    }

    Uni<Void> put(BudgetLimit budget, String actor) {
        return database.inTransaction(connection -> connection
                .preparedQuery("""
                        insert into budget (id, amount, currency, cdns) values ($1, $2, $3, $4)
                        on conflict (id) do update set amount = excluded.amount, currency = excluded.currency,
                            cdns = excluded.cdns, deleted = false""")
                .execute(parameters(budget))
                .chain(() ->
                        connection.preparedQuery("""
                                insert into budget_change (id, amount, currency, cdns, actor, action)
                                values ($1, $2, $3, $4, $5, 'put')""").execute(parameters(budget).addString(actor)))
                .replaceWithVoid());
    }

    /** Answers whether there was one. */
    Uni<Boolean> delete(String id, String actor) {
        return database.inTransaction(connection -> connection
                .preparedQuery("update budget set deleted = true where id = $1 and not deleted")
                .execute(Tuple.of(id))
                .chain(rows -> rows.rowCount() == 0 ? Uni.createFrom().item(false) : note(connection, id, actor)));
    }

    private static Uni<Boolean> note(SqlConnection connection, String id, String actor) {
        return connection
                .preparedQuery("insert into budget_change (id, actor, action) values ($1, $2, 'delete')")
                .execute(Tuple.of(id, actor))
                .replaceWith(true);
    }

    private static Tuple parameters(BudgetLimit budget) {
        return Tuple.tuple()
                .addString(budget.id())
                .addBigDecimal(budget.limit())
                .addString(budget.currency())
                .addValue(budget.cdns().toArray(String[]::new));
    }

    private static BudgetLimit budget(Row row) {
        return new BudgetLimit(
                row.getString(0), row.getBigDecimal(1), row.getString(2), List.of(row.getArrayOfStrings(3)));
    }
}
