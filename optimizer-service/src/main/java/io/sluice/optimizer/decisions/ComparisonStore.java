package io.sluice.optimizer.decisions;

import io.sluice.optimizer.decisions.Comparison.Course;
import io.sluice.optimizer.decisions.Comparison.Signal;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads the courses of decisions that two sides took about the same signals. */
@ApplicationScoped
class ComparisonStore {
    private static final String COURSES = """
            with span as (
                select policy_id, binding, level, saving,
                       lag(level) over (partition by policy_id, binding order by seq) as before,
                       extract(epoch from coalesce(lead(at) over (partition by policy_id, binding order by seq),
                                                   least($3, now())) - at)::float8 as seconds
                from decision
                where at >= $2 and at < $3
                  and (policy_id = $1 or not shadow)
                  and binding in (select binding from decision where policy_id = $1 and at >= $2 and at < $3)),
            course as (
                select policy_id, binding, count(*) as decisions,
                       count(*) filter (where before <> level) as changes,
                       sum(level * seconds) / nullif(sum(seconds), 0) as mean_level,
                       max(level) as highest,
                       sum(saving * seconds) / nullif(sum(seconds), 0) as mean_saving
                from span group by policy_id, binding)
            select distinct on (mine.binding) mine.binding, mine.decisions, mine.changes, mine.mean_level, mine.highest,
                   mine.mean_saving, other.decisions as o_decisions, other.changes as o_changes,
                   other.mean_level as o_mean_level, other.highest as o_highest, other.mean_saving as o_mean_saving
            from course mine
            left join course other on other.binding = mine.binding and other.policy_id <> $1
            where mine.policy_id = $1
            order by mine.binding, other.mean_level desc nulls last""";

    private final Database database;

    ComparisonStore(Database database) {
        this.database = database;
    }

    Uni<Comparison> compare(String policy, Instant from, Instant to) {
        Tuple which = Tuple.of(policy, from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
        return database.query(COURSES, which).map(rows -> {
            List<Signal> signals = new ArrayList<>();
            for (Row row : rows) {
                signals.add(new Signal(
                        row.getString("binding"),
                        course(row, ""),
                        row.getLong("o_decisions") == null ? null : course(row, "o_")));
            }
            return new Comparison(policy, from, to, signals);
        });
    }

    private static Course course(Row row, String side) {
        Double level = row.getDouble(side + "mean_level");
        Double saving = row.getDouble(side + "mean_saving");
        double highest = row.getDouble(side + "highest");
        return new Course(
                row.getLong(side + "decisions"),
                row.getLong(side + "changes"),
                level == null ? highest : level,
                highest,
                saving == null ? 0 : saving);
    }
}
