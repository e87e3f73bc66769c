package io.sluice.metrics.percentiles;

import io.sluice.contracts.sample.Sample;
import io.sluice.metrics.histogram.ExponentialHistogram;
import io.sluice.metrics.samples.Aggregate;
import io.sluice.metrics.samples.MetricId;
import io.sluice.metrics.samples.Tier;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rollups of samples. */
@ApplicationScoped
class RollupStore {
    private final Database database;

    RollupStore(Database database) {
        this.database = database;
    }

    /** A row of a tier: one writer's part of a series' window. */
    record Rollup(long start, @Nullable String group, Aggregate aggregate) {}

    /** A metric and how many series of it are stored. */
    record Stored(MetricId metric, int series) {}

    /** What to read: rows of these series from a moment to before another, grouped by a label. */
    record Selection(
            MetricId metric,
            Map<String, String> filter,
            @Nullable String by,
            Instant from,
            Instant to) {}

    /** Metrics by name, kind and unit, behind {@code after} in this order. */
    Uni<List<Stored>> metrics(MetricId after, int limit) {
        return database.query("""
                        select name, kind, unit, count(*)::int from series
                        where (name, kind, unit) > ($1, $2, $3)
                        group by name, kind, unit order by name, kind, unit limit $4""", Tuple.of(after.name(), after.kind().name(), after.unit(), limit))
                .map(rows -> {
                    List<Stored> found = new ArrayList<>();
                    rows.forEach(row -> found.add(new Stored(metric(row), row.getInteger(3))));
                    return found;
                });
    }

    /** All metrics of a name. */
    Uni<List<MetricId>> named(String name) {
        return database.query(
                        "select distinct name, kind, unit from series where name = $1 order by 2, 3", Tuple.of(name))
                .map(rows -> {
                    List<MetricId> found = new ArrayList<>();
                    rows.forEach(row -> found.add(metric(row)));
                    return found;
                });
    }

    /** The selected rows, at most {@code limit}. */
    Uni<List<Rollup>> read(Tier tier, Selection selection, int limit) {
        JsonObject filter = new JsonObject();
        selection.filter().forEach(filter::put);
        String sql = """
                select extract(epoch from r.ts)::bigint, s.labels ->> $4, r.count, r.sum, r.min, r.max, r.last,
                    (extract(epoch from r.last_at) * 1000)::bigint, r.hist
                from series s join %s r using (series_id)
                where s.name = $1 and s.kind = $2 and s.unit = $3 and s.labels @> $5::text::jsonb
                    and r.ts >= $6 and r.ts < $7
                limit $8""".formatted(tier.table().table());
        Tuple parameters = Tuple.tuple()
                .addString(selection.metric().name())
                .addString(selection.metric().kind().name())
                .addString(selection.metric().unit())
                .addValue(selection.by() == null ? "" : selection.by())
                .addString(filter.encode())
                .addValue(time(selection.from()))
                .addValue(time(selection.to()))
                .addInteger(limit);
        return database.query(sql, parameters).map(rows -> {
            List<Rollup> found = new ArrayList<>(rows.size());
            rows.forEach(row -> found.add(rollup(row)));
            return found;
        });
    }

    private static Rollup rollup(Row row) {
        Buffer histogram = row.getBuffer(8);
        return new Rollup(
                row.getLong(0),
                row.getString(1),
                new Aggregate(
                        row.getLong(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getLong(7),
                        histogram == null ? null : ExponentialHistogram.decode(histogram.getBytes())));
    }

    private static MetricId metric(Row row) {
        return new MetricId(row.getString(0), Sample.Kind.valueOf(row.getString(1)), row.getString(2));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
