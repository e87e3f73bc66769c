package io.sluice.metrics.batches;

import io.quarkus.scheduler.Scheduled;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Remembers taken batches for a week: longer than a sample or line may be late, so that whoever sends again is known. A batch
 * is claimed in the transaction that writes what is in it; so both are there, or neither.
 */
@ApplicationScoped
public class BatchStore {
    private final Database database;

    BatchStore(Database database) {
        this.database = database;
    }

    /**
     * Claims batches within a transaction; waits for another transaction that is claiming the same.
     *
     * @return the keys that are new; the others are duplicates
     */
    public Uni<Set<BatchKey>> claim(SqlConnection connection, Collection<ClaimedBatch> batches) {
        if (batches.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        // In order, so that two replicas with the same batches wait for each other instead of deadlocking.
        List<ClaimedBatch> sorted =
                batches.stream().sorted((a, b) -> a.key().compareTo(b.key())).toList();
        Tuple arrays = Tuple.of(
                sorted.stream().map(batch -> batch.key().source()).toArray(String[]::new),
                sorted.stream().map(batch -> batch.key().batchId()).toArray(String[]::new),
                sorted.stream().map(ClaimedBatch::accepted).toArray(Long[]::new),
                sorted.stream().map(ClaimedBatch::rejected).toArray(Long[]::new));
        return connection.preparedQuery("""
                        insert into ingest_batch (source, batch_id, accepted, rejected)
                        select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
                        on conflict do nothing
                        returning source, batch_id""").execute(arrays).map(rows -> {
            Set<BatchKey> claimed = new HashSet<>();
            rows.forEach(row -> claimed.add(new BatchKey(row.getString(0), row.getString(1))));
            return claimed;
        });
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> forget() {
        return database.query("delete from ingest_batch where received_at < now() - interval '7 days'")
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull(); // the next hour's run does it
    }
}
