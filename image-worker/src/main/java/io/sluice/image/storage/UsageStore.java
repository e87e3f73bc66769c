package io.sluice.image.storage;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies in the store, day by day. */
@ApplicationScoped
class UsageStore {
    private static final String CLEAR = "delete from storage_snapshot where day = $1 or day < $1 - interval '400 days'";
    private static final String SAVE = """
            insert into storage_snapshot (day, bucket, owner, format, objects, bytes) values ($1, $2, $3, $4, $5, $6)""";
    /** Growth is against the newest snapshot that is at least so many days older; null without one. */
    private static final String USAGE = """
            with newest as (select max(day) as day from storage_snapshot),
            times as (select n, (select max(s.day) from storage_snapshot s, newest where s.day <= newest.day - n) as day
                from (values (0), (1), (7), (30)) v(n)),
            sums as (select t.n,
                    case $1 when 'bucket' then s.bucket when 'owner' then s.owner else s.format end as key,
                    sum(s.objects)::bigint as objects, sum(s.bytes)::bigint as bytes
                from times t join storage_snapshot s on s.day = t.day group by 1, 2)
            select (select day from newest), now.key, now.objects, now.bytes,
                case when d.day is not null then now.bytes - coalesce(d1.bytes, 0) end,
                case when w.day is not null then now.bytes - coalesce(d7.bytes, 0) end,
                case when m.day is not null then now.bytes - coalesce(d30.bytes, 0) end
            from sums now
            join times d on d.n = 1 join times w on w.n = 7 join times m on m.n = 30
            left join sums d1 on d1.n = 1 and d1.key = now.key
            left join sums d7 on d7.n = 7 and d7.key = now.key
            left join sums d30 on d30.n = 30 and d30.key = now.key
            where now.n = 0 order by now.bytes desc, now.key""";

    private final Database database;

    UsageStore(Database database) {
        this.database = database;
    }

    /** Replaces a day's snapshot. */
    Uni<Void> save(LocalDate day, Map<Findings.Place, Findings.Tally> usage) {
        List<Tuple> rows = new ArrayList<>();
        usage.forEach((place, tally) ->
                rows.add(Tuple.of(day, place.bucket(), place.owner(), place.format(), tally.objects(), tally.bytes())));
        return database.inTransaction(connection -> connection
                .preparedQuery(CLEAR)
                .execute(Tuple.of(day))
                .chain(() -> rows.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection.preparedQuery(SAVE).executeBatch(rows).replaceWithVoid()));
    }

    Uni<StorageUsage> usage(UsageKey by) {
        return database.query(USAGE, Tuple.of(by.column())).map(rows -> {
            List<StorageUsage.Item> items = new ArrayList<>();
            LocalDate day = null;
            for (Row row : rows) {
                day = row.getLocalDate(0);
                items.add(new StorageUsage.Item(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        new StorageUsage.Growth(row.getLong(4), row.getLong(5), row.getLong(6))));
            }
            return usage(by, day, items);
        });
    }

    private static StorageUsage usage(UsageKey by, @Nullable LocalDate day, List<StorageUsage.Item> items) {
        long objects = items.stream().mapToLong(StorageUsage.Item::objects).sum();
        long bytes = items.stream().mapToLong(StorageUsage.Item::bytes).sum();
        return new StorageUsage(by.column(), day, objects, bytes, items);
    }
}
