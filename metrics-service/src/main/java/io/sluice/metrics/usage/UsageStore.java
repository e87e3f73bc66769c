package io.sluice.metrics.usage;

import io.sluice.contracts.usage.EdgeLogLine.CacheResult;
import io.sluice.metrics.histogram.ExponentialHistogram;
import io.sluice.metrics.partitions.TimeTable;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the CDNs served. */
@ApplicationScoped
public class UsageStore {
    private final Database database;

    UsageStore(Database database) {
        this.database = database;
    }

    /** A row as it is stored. */
    record Stored(
            Instant start,
            String cdn,
            CacheResult cache,
            int statusClass,
            long requests,
            long bytes,
            ExponentialHistogram duration) {}

    /** What a CDN served in a window. */
    public record Volume(Instant start, String cdn, long requests, long bytes) {}

    /** How many requests a CDN failed with a 5xx. */
    public record Failures(String cdn, long requests, long failed) {}

    /**
     * Rows of a stretch of time.
     *
     * @param cdn null for all
     * @param format null for all
     */
    Uni<List<Stored>> rows(Window window, @Nullable String cdn, @Nullable String format, int limit) {
        return database.query(
                        """
                        select ts, cdn, cache, status_class, requests, bytes, duration from %s
                        where ts >= $1 and ts < $2 and ($3::text is null or cdn = $3) and ($4::text is null or format = $4)
                        limit $5""".formatted(window.table().table()),
                        Tuple.of(time(window.from()), time(window.to()), cdn, format, limit))
                .map(rows -> list(rows, UsageStore::stored));
    }

    /** Requests and bytes by CDN and hour (or minute) of a stretch of time. */
    public Uni<List<Volume>> volumes(TimeTable table, Instant from, Instant to) {
        return database.query("""
                        select ts, cdn, sum(requests)::bigint, sum(bytes)::bigint from %s
                        where ts >= $1 and ts < $2 group by ts, cdn order by ts, cdn""".formatted(table.table()), Tuple.of(time(from), time(to)))
                .map(rows -> list(
                        rows,
                        row -> new Volume(
                                row.getOffsetDateTime(0).toInstant(),
                                row.getString(1),
                                row.getLong(2),
                                row.getLong(3))));
    }

    /** The first minute that anything was served in, not before {@code from}. */
    public Uni<Optional<Instant>> firstMinute(Instant from) {
        return database.query("select min(ts) from cdn_rollup_1m where ts >= $1", Tuple.of(time(from)))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getOffsetDateTime(0))
                        .map(OffsetDateTime::toInstant));
    }

    /** Requests and failures (5xx) by CDN since a minute. */
    public Uni<List<Failures>> failures(Instant from) {
        return database.query("""
                        select cdn, sum(requests)::bigint, coalesce(sum(requests) filter (where status_class = 5), 0)::bigint
                        from cdn_rollup_1m where ts >= $1 group by cdn order by cdn""", Tuple.of(time(from)))
                .map(rows -> list(rows, row -> new Failures(row.getString(0), row.getLong(1), row.getLong(2))));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> mapper) {
        List<T> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(mapper.apply(row)));
        return found;
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.getOffsetDateTime(0).toInstant(),
                row.getString(1),
                CacheResult.valueOf(row.getString(2)),
                row.getInteger(3),
                row.getLong(4),
                row.getLong(5),
                ExponentialHistogram.decode(row.getBuffer(6).getBytes()));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
