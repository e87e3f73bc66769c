package io.sluice.image.srcset;

import io.quarkus.scheduler.Scheduled;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What was answered under an Idempotency-Key, for a day. */
@ApplicationScoped
class VariantSetStore {
    private static final String REMEMBER = """
            insert into variant_set (idempotency_key, request_hash, addresses, job_id) values ($1, $2, $3, $4)
            on conflict (idempotency_key) do nothing""";
    private static final String FIND = """
            select request_hash, addresses, job_id from variant_set where idempotency_key = $1""";
    private static final String FORGET = "delete from variant_set where created_at < now() - interval '1 day'";

    private final Database database;

    VariantSetStore(Database database) {
        this.database = database;
    }

    /**
     * An answer that was given.
     *
     * @param requestHash of the source and body that it was for
     * @param addresses of the set
     * @param job that made it; empty when nothing was to be made
     */
    record Answered(String requestHash, List<String> addresses, Optional<Long> job) {}

    Uni<Optional<Answered>> find(String key) {
        return database.query(FIND, Tuple.of(key)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new Answered(
                        row.getString(0), List.of(row.getArrayOfStrings(1)), Optional.ofNullable(row.getLong(2))));
            }
            return Optional.empty();
        });
    }

    Uni<Void> remember(String key, Answered answer) {
        return database.query(
                        REMEMBER,
                        Tuple.of(
                                key,
                                answer.requestHash(),
                                answer.addresses().toArray(String[]::new),
                                answer.job().orElse(null)))
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "10m")
    Uni<Void> forget() {
        return database.query(FORGET).replaceWithVoid().onFailure().recoverWithNull();
    }
}
