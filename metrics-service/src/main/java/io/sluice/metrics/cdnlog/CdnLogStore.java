package io.sluice.metrics.cdnlog;

import io.sluice.contracts.usage.EdgeLogLine.CacheResult;
import io.sluice.metrics.batches.BatchKey;
import io.sluice.metrics.batches.BatchStore;
import io.sluice.metrics.batches.ClaimedBatch;
import io.sluice.metrics.histogram.ExponentialHistogram;
import io.sluice.metrics.partitions.TimeTable;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds logs to the usage by minute and by hour. A log's claim and its counts are one transaction. Rows are read, added to and
 * written under a lock per CDN, held to the end of the transaction, because a histogram cannot be added to in SQL.
 */
@ApplicationScoped
class CdnLogStore {
    private final Database database;
    private final BatchStore batches;

    CdnLogStore(Database database, BatchStore batches) {
        this.database = database;
        this.batches = batches;
    }

    /** Adds a log, unless its batch has been taken before; answers whether it was added. */
    Uni<Boolean> add(BatchKey key, LogAggregate log) {
        ClaimedBatch claim = new ClaimedBatch(key, log.accepted(), log.lines() - log.accepted());
        return database.inTransaction(connection -> batches.claim(connection, List.of(claim))
                .chain(fresh -> {
                    if (fresh.isEmpty() || log.accepted() == 0) {
                        return Uni.createFrom().item(!fresh.isEmpty());
                    }
                    return lock(connection, log)
                            .chain(() -> add(connection, TimeTable.CDN_1M, log.minutes()))
                            .chain(() -> add(connection, TimeTable.CDN_1H, log.hours()))
                            .replaceWith(true);
                }));
    }

    private static Uni<Void> lock(SqlConnection connection, LogAggregate log) {
        // In order, so that two logs with the same CDNs wait for each other instead of deadlocking.
        String[] cdns = log.minutes().keySet().stream()
                .map(UsageCell.Key::cdn)
                .distinct()
                .sorted()
                .toArray(String[]::new);
        return connection
                .preparedQuery("select pg_advisory_xact_lock(hashtextextended(cdn, 1)) from unnest($1::text[]) cdn")
                .execute(Tuple.tuple().addValue(cdns))
                .replaceWithVoid();
    }

    private static Uni<Void> add(SqlConnection connection, TimeTable table, Map<UsageCell.Key, UsageCell> added) {
        List<UsageCell.Key> keys = List.copyOf(added.keySet());
        return connection
                .preparedQuery("""
                        select extract(epoch from r.ts)::bigint, cdn, format, cache, status_class, requests, bytes, duration
                        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[])
                            as k (start, cdn, format, cache, status_class)
                        join %s r using (cdn, format, cache, status_class) where r.ts = to_timestamp(k.start)""".formatted(table.table()))
                .execute(keys(keys))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(rows -> {
                    Map<UsageCell.Key, UsageCell> stored = new HashMap<>();
                    rows.forEach(row -> stored.put(key(row), cell(row)));
                    return write(connection, table, keys, added, stored);
                });
    }

    private static Uni<Void> write(
            SqlConnection connection,
            TimeTable table,
            List<UsageCell.Key> keys,
            Map<UsageCell.Key, UsageCell> added,
            Map<UsageCell.Key, UsageCell> stored) {
        Long[] requests = new Long[keys.size()];
        Long[] bytes = new Long[keys.size()];
        Buffer[] durations = new Buffer[keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            UsageCell total = stored.getOrDefault(keys.get(i), new UsageCell());
            total.merge(added.getOrDefault(keys.get(i), new UsageCell()));
            requests[i] = total.requests();
            bytes[i] = total.bytes();
            durations[i] = Buffer.buffer(total.duration().encode());
        }
        return connection
                .preparedQuery("""
                        insert into %s (ts, cdn, format, cache, status_class, requests, bytes, duration)
                        select to_timestamp(start), cdn, format, cache, status_class, requests, bytes, duration
                        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[],
                            $7::bigint[], $8::bytea[])
                            as new (start, cdn, format, cache, status_class, requests, bytes, duration)
                        on conflict (ts, cdn, format, cache, status_class) do update set
                            requests = excluded.requests, bytes = excluded.bytes, duration = excluded.duration""".formatted(table.table()))
                .execute(keys(keys).addValue(requests).addValue(bytes).addValue(durations))
                .replaceWithVoid();
    }

    private static Tuple keys(List<UsageCell.Key> keys) {
        return Tuple.tuple()
                .addValue(keys.stream().map(UsageCell.Key::start).toArray(Long[]::new))
                .addValue(keys.stream().map(UsageCell.Key::cdn).toArray(String[]::new))
                .addValue(keys.stream().map(UsageCell.Key::format).toArray(String[]::new))
                .addValue(keys.stream().map(key -> key.cache().name()).toArray(String[]::new))
                .addValue(keys.stream().map(UsageCell.Key::statusClass).toArray(Integer[]::new));
    }

    private static UsageCell.Key key(Row row) {
        return new UsageCell.Key(
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                CacheResult.valueOf(row.getString(3)),
                row.getInteger(4));
    }

    private static UsageCell cell(Row row) {
        return new UsageCell(
                row.getLong(5),
                row.getLong(6),
                ExponentialHistogram.decode(row.getBuffer(7).getBytes()));
    }
}
