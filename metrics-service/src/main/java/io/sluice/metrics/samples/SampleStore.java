package io.sluice.metrics.samples;

import io.sluice.contracts.sample.Sample;
import io.sluice.metrics.batches.BatchKey;
import io.sluice.metrics.batches.BatchStore;
import io.sluice.metrics.batches.ClaimedBatch;
import io.sluice.metrics.histogram.ExponentialHistogram;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Writes rollups: rows of this process's writer, many to a statement. */
@ApplicationScoped
class SampleStore {
    private static final int ROWS_PER_STATEMENT = 2000;

    private final Database database;
    private final BatchStore batches;

    SampleStore(Database database, BatchStore batches) {
        this.database = database;
        this.batches = batches;
    }

    /** What a commit writes, once it is known which batches are new. */
    record Rows(List<Series> series, Map<Windows.Key, Aggregate> rows) {}

    /** A new writer's id. */
    Uni<Integer> newWriter() {
        return database.query("insert into metrics_writer default values returning writer")
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /** All series that are stored, at most {@code limit}. */
    Uni<List<Series>> series(int limit) {
        return database.query(
                        "select name, kind, unit, labels from series order by first_seen limit $1", Tuple.of(limit))
                .map(rows -> {
                    List<Series> found = new ArrayList<>();
                    rows.forEach(row -> found.add(series(row)));
                    return found;
                });
    }

    /**
     * Claims batches and writes what is in the new ones, in one transaction.
     *
     * @param merge told which are new, answers the rows; runs off the event loop
     * @return the keys that were new
     */
    Uni<Set<BatchKey>> commit(int writer, List<ClaimedBatch> claims, Function<Set<BatchKey>, Rows> merge) {
        return database.inTransaction(connection -> batches.claim(connection, claims)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(fresh -> {
                    Rows rows = merge.apply(fresh);
                    return register(connection, rows.series())
                            .chain(() -> write(connection, writer, rows.rows()))
                            .replaceWith(fresh);
                }));
    }

    private static Uni<Void> register(SqlConnection connection, List<Series> series) {
        if (series.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Series> sorted =
                series.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
        return connection
                .preparedQuery("""
                        insert into series (series_id, name, kind, unit, labels)
                        select id, name, kind, unit, labels::jsonb
                        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
                            as new (id, name, kind, unit, labels)
                        on conflict do nothing""")
                .execute(Tuple.of(
                        sorted.stream().map(Series::id).toArray(Long[]::new),
                        sorted.stream().map(one -> one.metric().name()).toArray(String[]::new),
                        sorted.stream().map(one -> one.metric().kind().name()).toArray(String[]::new),
                        sorted.stream().map(one -> one.metric().unit()).toArray(String[]::new),
                        sorted.stream().map(SampleStore::labels).toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static Uni<Void> write(SqlConnection connection, int writer, Map<Windows.Key, Aggregate> rows) {
        Map<Tier, List<Map.Entry<Windows.Key, Aggregate>>> byTier = new HashMap<>();
        rows.entrySet()
                .forEach(row -> byTier.computeIfAbsent(row.getKey().tier(), tier -> new ArrayList<>())
                        .add(row));
        List<Uni<Void>> statements = new ArrayList<>();
        byTier.forEach((tier, all) -> {
            for (int from = 0; from < all.size(); from += ROWS_PER_STATEMENT) {
                List<Map.Entry<Windows.Key, Aggregate>> part =
                        all.subList(from, Math.min(all.size(), from + ROWS_PER_STATEMENT));
                statements.add(Uni.createFrom()
                        .deferred(() -> connection
                                .preparedQuery(upsert(tier))
                                .execute(parameters(writer, part))
                                .replaceWithVoid()));
            }
        });
        return Multi.createFrom()
                .iterable(statements)
                .onItem()
                .transformToUniAndConcatenate(statement -> statement)
                .onItem()
                .ignoreAsUni();
    }

    private static String upsert(Tier tier) {
        return """
                insert into %s (writer, ts, series_id, count, sum, min, max, last, last_at, hist)
                select $1, to_timestamp(ts), id, count, sum, min, max, last, to_timestamp(last_at / 1000.0), hist
                from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::float8[], $6::float8[], $7::float8[],
                    $8::float8[], $9::bigint[], $10::bytea[])
                    as new (ts, id, count, sum, min, max, last, last_at, hist)
                on conflict (ts, series_id, writer) do update set count = excluded.count, sum = excluded.sum,
                    min = excluded.min, max = excluded.max, last = excluded.last, last_at = excluded.last_at,
                    hist = excluded.hist""".formatted(tier.table().table());
    }

    private static Tuple parameters(int writer, List<Map.Entry<Windows.Key, Aggregate>> rows) {
        int size = rows.size();
        Long[] starts = new Long[size];
        Long[] ids = new Long[size];
        Long[] counts = new Long[size];
        Double[][] numbers = new Double[4][size];
        Long[] lastAt = new Long[size];
        Buffer[] histograms = new Buffer[size];
        for (int i = 0; i < size; i++) {
            Windows.Key key = rows.get(i).getKey();
            Aggregate total = rows.get(i).getValue();
            starts[i] = key.start();
            ids[i] = key.series().id();
            counts[i] = total.count();
            numbers[0][i] = total.sum();
            numbers[1][i] = total.min();
            numbers[2][i] = total.max();
            numbers[3][i] = total.last();
            lastAt[i] = total.lastAt();
            ExponentialHistogram histogram = total.histogram();
            if (histogram != null) {
                histograms[i] = Buffer.buffer(histogram.encode());
            }
        }
        Tuple tuple =
                Tuple.tuple().addInteger(writer).addValue(starts).addValue(ids).addValue(counts);
        for (Double[] column : numbers) {
            tuple.addValue(column);
        }
        return tuple.addValue(lastAt).addValue(histograms);
    }

    private static String labels(Series series) {
        JsonObject json = new JsonObject();
        series.labels().forEach(json::put);
        return json.encode();
    }

    private static Series series(Row row) {
        Map<String, String> labels = new HashMap<>();
        row.getJsonObject(3).forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
        return Series.of(
                new MetricId(row.getString(0), Sample.Kind.valueOf(row.getString(1)), row.getString(2)), labels);
    }
}
