package io.sluice.optimizer.rollouts;

import io.sluice.contracts.directive.Ack;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Acknowledgements, one for each receiver and directive. */
@ApplicationScoped
class AckStore {
    private static final String FACTS = """
            select w.boot_id, d.epoch, d.content_hash,
                   extract(epoch from now() - d.issued_at)::float8 as seconds
            from unnest($1::text[], $2::text[], $3::int8[]) with ordinality
                 as given (worker_id, scope, generation, place)
            left join worker w on w.id = given.worker_id
            left join directive d on d.scope = given.scope and d.generation = given.generation
            order by given.place""";
    // REJECTED is final, and what was applied is no longer merely received.
    private static final String RECORD = """
            insert into receipt as r
                (scope, generation, worker_id, expected, status, acked_at, ignored, message)
            select scope, generation, worker_id, false, status, now(), string_to_array(ignored, chr(31)), message
            from unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::text[])
                 as given (scope, generation, worker_id, status, ignored, message)
            order by worker_id
            on conflict (scope, generation, worker_id) do update
            set status = excluded.status, acked_at = now(), ignored = excluded.ignored, message = excluded.message
            where r.status is null
               or (r.status <> 'REJECTED' and r.status <> excluded.status
                   and not (excluded.status = 'RECEIVED' and r.status in ('APPLIED', 'PARTIAL')))
            returning worker_id, scope, generation""";
    private static final String SEPARATOR = "\u001f";

    private final Database database;

    AckStore(Database database) {
        this.database = database;
    }

    /**
     * An acknowledgement and whose it is.
     *
     * @param worker id of the receiver
     */
    record Given(String worker, Ack ack) {
        ReceiptKey key() {
            return new ReceiptKey(worker, ack.scope(), ack.generation());
        }
    }

    /** What one receipt is about. */
    record ReceiptKey(String worker, String scope, long generation) {}

    /** What each acknowledgement is judged by, in their order. */
    Uni<List<Facts>> facts(List<Given> all) {
        Tuple columns = Tuple.tuple()
                .addArrayOfString(strings(all, Given::worker))
                .addArrayOfString(strings(all, given -> given.ack().scope()))
                .addArrayOfLong(generations(all));
        return database.query(FACTS, columns).map(rows -> {
            List<Facts> facts = new ArrayList<>();
            for (Row row : rows) {
                facts.add(new Facts(
                        row.getString("boot_id"),
                        row.getLong("epoch"),
                        row.getString("content_hash"),
                        row.getDouble("seconds")));
            }
            return facts;
        });
    }

    /** Records all, each {@link Given#key} at most once; those that were news. */
    Uni<Set<ReceiptKey>> record(List<Given> all) {
        if (all.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(strings(all, given -> given.ack().scope()))
                .addArrayOfLong(generations(all))
                .addArrayOfString(strings(all, Given::worker))
                .addArrayOfString(strings(all, given -> given.ack().status().name()))
                .addArrayOfString(
                        strings(all, given -> String.join(SEPARATOR, given.ack().ignored())))
                .addArrayOfString(strings(all, given -> given.ack().message()));
        return database.query(RECORD, columns).map(rows -> {
            Set<ReceiptKey> news = new HashSet<>();
            for (Row row : rows) {
                news.add(new ReceiptKey(row.getString("worker_id"), row.getString("scope"), row.getLong("generation")));
            }
            return news;
        });
    }

    private static @Nullable String[] strings(List<Given> all, Function<Given, @Nullable String> value) {
        return all.stream().map(value).toArray(String[]::new);
    }

    private static Long[] generations(List<Given> all) {
        return all.stream().map(given -> given.ack().generation()).toArray(Long[]::new);
    }

    /**
     * What is known here.
     *
     * @param bootId of the registration; null without one
     * @param epoch of the directive; null when there is none. So are the next two
     * @param seconds since it was issued
     */
    record Facts(
            @Nullable String bootId,
            @Nullable Long epoch,
            @Nullable String contentHash,
            @Nullable Double seconds) {}
}
