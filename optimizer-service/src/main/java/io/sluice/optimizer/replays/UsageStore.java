package io.sluice.optimizer.replays;

import io.sluice.contracts.budget.Budget;
import io.sluice.optimizer.policies.Axis;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What budgets said, hour by hour; two years of it. */
@ApplicationScoped
public class UsageStore {
    private static final String RECORD = """
            insert into usage_hour as u (budget_id, hour, axis, unit, limit_amount, used, saving_sum, rounds,
                period_start, period_end)
            values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)
            on conflict (budget_id, hour) do update
            set limit_amount = excluded.limit_amount, used = excluded.used, saving_sum = u.saving_sum + excluded.saving_sum,
                rounds = u.rounds + 1, period_start = excluded.period_start, period_end = excluded.period_end""";
    private static final String FORGET = "delete from usage_hour where hour < now() - interval '2 years'";
    private static final String READ = """
            select * from usage_hour where budget_id = $1 and hour >= $2 and hour <= $3 order by hour""";

    private final Database database;

    UsageStore(Database database) {
        this.database = database;
    }

    /** What one budget says now. */
    public record Seen(Budget budget, Axis axis, double saving) {}

    /** Of one budget. */
    record History(String unit, Axis axis, List<UsageHour> hours) {}

    /** Adds to the rows of this hour. */
    public Uni<Void> record(List<Seen> seen, Instant now) {
        if (seen.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Tuple> rows = seen.stream().map(one -> row(one, now)).toList();
        boolean midnight = now.getEpochSecond() % 86_400 < 15;
        return database.batch(RECORD, rows)
                .flatMap(done ->
                        midnight ? database.query(FORGET) : Uni.createFrom().item(done))
                .replaceWithVoid();
    }

    Uni<History> read(String budgetId, Instant from, Instant to) {
        Tuple which = Tuple.of(budgetId, from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
        return database.query(READ, which).map(rows -> {
            List<UsageHour> hours = new ArrayList<>();
            String unit = "";
            Axis axis = Axis.egress;
            for (Row row : rows) {
                unit = row.getString("unit");
                axis = Axis.valueOf(row.getString("axis"));
                hours.add(hour(row));
            }
            return new History(unit, axis, hours);
        });
    }

    private static UsageHour hour(Row row) {
        return new UsageHour(
                row.getOffsetDateTime("hour").toInstant(),
                row.getDouble("limit_amount"),
                row.getDouble("used"),
                row.getDouble("saving_sum") / row.getLong("rounds"),
                row.getOffsetDateTime("period_start").toInstant(),
                row.getOffsetDateTime("period_end").toInstant());
    }

    private static Tuple row(Seen seen, Instant now) {
        Budget budget = seen.budget();
        BigDecimal limit = budget.limit();
        return Tuple.tuple()
                .addString(budget.id())
                .addOffsetDateTime(now.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .addString(seen.axis().name())
                .addString(budget.unit())
                .addDouble(limit == null ? null : limit.doubleValue())
                .addDouble(budget.used().doubleValue())
                .addDouble(seen.saving())
                .addOffsetDateTime(budget.periodStart().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(budget.periodEnd().atOffset(ZoneOffset.UTC));
    }
}
