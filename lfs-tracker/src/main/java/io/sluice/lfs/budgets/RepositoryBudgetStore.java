package io.sluice.lfs.budgets;

import io.sluice.contracts.budget.Budget;
import io.sluice.lfs.account.Nano;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Keeps the budgets of single repositories. */
@ApplicationScoped
class RepositoryBudgetStore {
    private static final String ALL = """
            select b.* from repository_budget b join account on account.id = account_id
            where lower(account.name) = lower($1) order by b.id""";
    private static final String PUT = """
            with added as (insert into account (name) values ($1) on conflict (lower(name)) do nothing returning id),
            mine as (select id from added union all select id from account where lower(name) = lower($1)),
            others as (select count(*) as n from repository_budget where id <> $2)
            insert into repository_budget
            select $2, mine.id, $3, $4, $5, $6 from mine, others where others.n < $7
            on conflict (id) do update set kind = excluded.kind, repository = excluded.repository,
                limit_nano = excluded.limit_nano, updated_at = excluded.updated_at""";
    private static final String REMOVE = "delete from repository_budget where id = $1";

    private final Database database;

    RepositoryBudgetStore(Database database) {
        this.database = database;
    }

    Uni<List<RepositoryBudget>> all(String organisation) {
        return database.query(ALL, Tuple.of(organisation))
                .map(rows -> rows.stream()
                        .map(row -> new RepositoryBudget(
                                row.getString("id"),
                                Budget.Kind.valueOf(row.getString("kind")),
                                row.getString("repository"),
                                Nano.amount(row.getLong("limit_nano"))))
                        .toList());
    }

    /** Sets or replaces one; false when there are {@code most} others already. */
    Uni<Boolean> put(String organisation, RepositoryBudget budget, Instant now, int most) {
        Tuple parameters = Tuple.tuple()
                .addString(organisation)
                .addString(budget.id())
                .addString(budget.kind().name())
                .addString(budget.repository())
                .addLong(Nano.of(budget.limit()))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addInteger(most);
        return database.query(PUT, parameters).map(rows -> rows.rowCount() == 1);
    }

    /** Removes one; false when there was none. */
    Uni<Boolean> remove(String id) {
        return database.query(REMOVE, Tuple.of(id)).map(rows -> rows.rowCount() == 1);
    }
}
