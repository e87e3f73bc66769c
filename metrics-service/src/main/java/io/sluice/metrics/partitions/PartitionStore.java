package io.sluice.metrics.partitions;

import io.sluice.metrics.partitions.TimeTable.Partition;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes and drops partitions. Names and bounds are computed here, never taken from a request. */
@ApplicationScoped
class PartitionStore {
    private final Database database;

    PartitionStore(Database database) {
        this.database = database;
    }

    /** Makes a partition that may be there; one replica at a time. */
    Uni<Void> create(Partition partition) {
        String ddl = "create table if not exists %s partition of %s for values from ('%s') to ('%s')"
                .formatted(partition.name(), partition.of().table(), partition.from(), partition.to());
        return database.inTransaction(connection -> connection
                .preparedQuery("select pg_advisory_xact_lock(hashtext('partitions'))")
                .execute()
                .chain(() -> connection.query(ddl).execute())
                .replaceWithVoid());
    }

    /** Drops the partitions of a table that end at or before {@code horizon}; answers their names. */
    Uni<List<String>> dropBefore(TimeTable table, Instant horizon) {
        return database.query(
                        """
                        select c.relname from pg_inherits i
                        join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = to_regclass($1) and c.relname < $2
                        order by 1""", Tuple.of(table.table(), table.partitionOf(horizon).name()))
                .map(rows -> {
                    List<String> names = new ArrayList<>();
                    rows.forEach(row -> names.add(row.getString(0)));
                    return names;
                })
                .call(names -> Multi.createFrom()
                        .iterable(names)
                        .onItem()
                        .transformToUniAndConcatenate(name -> database.query("drop table if exists " + name))
                        .onItem()
                        .ignoreAsUni());
    }
}
