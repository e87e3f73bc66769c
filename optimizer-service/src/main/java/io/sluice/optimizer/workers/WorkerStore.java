package io.sluice.optimizer.workers;

import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.WorkerRegistration;
import io.sluice.optimizer.workers.WorkerView.Latest;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Registered receivers and what they acknowledged last. */
@ApplicationScoped
class WorkerStore {
    private static final String FORGET_OLD_BOOT = """
            update receipt set status = null, acked_at = null, ignored = '{}', message = null
            from worker where worker.id = $1 and worker.boot_id <> $2 and receipt.worker_id = worker.id""";
    private static final String REGISTER = """
            insert into worker (id, boot_id, service, version, profiles, levers, registered_by, registered_at, seen_at)
            select $1, $2, $3, $4, $5, $6, $7, now(), now()
            where exists (select from worker where id = $1) or (select count(*) from worker) < $8
            on conflict (id) do update
            set boot_id = excluded.boot_id, registered_by = excluded.registered_by, service = excluded.service, version = excluded.version,
                profiles = excluded.profiles, levers = excluded.levers, seen_at = now(),
                registered_at = case when worker.boot_id = excluded.boot_id
                                     then worker.registered_at else now() end""";
    private static final String FORGET = "delete from worker where seen_at < now() - $1 * interval '1 millisecond'";
    private static final String FORGET_RECEIPTS = """
            delete from receipt using directive old
            where old.scope = receipt.scope and old.generation = receipt.generation
              and old.issued_at < now() - $1 * interval '1 millisecond'
              and exists (select from directive newer
                          where newer.scope = old.scope and newer.generation > old.generation)""";
    private static final String REMOVE = "delete from worker where id = $1";
    private static final String PAGE = """
            select id, service, version, boot_id, levers, registered_at, seen_at,
                   seen_at > now() - $3 * interval '1 millisecond' as live
            from worker where id > $1 order by id limit $2""";
    private static final String LATEST = """
            select distinct on (worker_id, scope) worker_id, scope, generation, status, acked_at, ignored, message
            from receipt where worker_id = any($1) and status is not null
            order by worker_id, scope, generation desc""";

    private final Database database;

    WorkerStore(Database database) {
        this.database = database;
    }

    /** A new boot has acknowledged nothing yet. Fails with {@link TooManyReceivers} when there are {@code most} others. */
    Uni<Void> register(WorkerRegistration worker, String caller, int most) {
        Tuple row = Tuple.tuple()
                .addString(worker.id())
                .addString(worker.bootId())
                .addString(worker.service())
                .addString(worker.version())
                .addArrayOfString(worker.profiles().toArray(String[]::new))
                .addArrayOfString(worker.levers().toArray(String[]::new))
                .addString(caller)
                .addInteger(most);
        Function<SqlConnection, Uni<Void>> work = connection -> connection
                .preparedQuery(FORGET_OLD_BOOT)
                .execute(Tuple.of(worker.id(), worker.bootId()))
                .flatMap(done -> connection.preparedQuery(REGISTER).execute(row))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new TooManyReceivers(most);
                    }
                })
                .replaceWithVoid();
        return database.inTransaction(work);
    }

    /** Forgets receivers that have been silent for so long, and old acknowledgements; the newest of each scope stay. */
    Uni<Void> forget(Duration silent, Duration receipts) {
        return database.query(FORGET, Tuple.of(silent.toMillis()))
                .flatMap(done -> database.query(FORGET_RECEIPTS, Tuple.of(receipts.toMillis())))
                .replaceWithVoid();
    }

    /** Whether there was one. */
    Uni<Boolean> remove(String id) {
        return database.query(REMOVE, Tuple.of(id)).map(rows -> rows.rowCount() > 0);
    }

    /** Receivers behind {@code after}, by id. */
    Uni<List<Known>> page(String after, int limit, Duration live) {
        return database.query(PAGE, Tuple.of(after, limit, live.toMillis())).flatMap(rows -> {
            List<Row> workers = new ArrayList<>();
            rows.forEach(workers::add);
            String[] ids = workers.stream().map(row -> row.getString("id")).toArray(String[]::new);
            return database.query(LATEST, Tuple.of((Object) ids)).map(acks -> {
                Map<String, List<Latest>> byWorker = new HashMap<>();
                acks.forEach(ack -> byWorker.computeIfAbsent(ack.getString("worker_id"), id -> new ArrayList<>())
                        .add(latest(ack)));
                return workers.stream()
                        .map(row -> known(row, byWorker.getOrDefault(row.getString("id"), List.of())))
                        .toList();
            });
        });
    }

    private static Latest latest(Row row) {
        return new Latest(
                row.getString("scope"),
                row.getLong("generation"),
                Ack.Status.valueOf(row.getString("status")),
                row.getOffsetDateTime("acked_at").toInstant(),
                List.of(row.getArrayOfStrings("ignored")),
                row.getString("message"));
    }

    private static Known known(Row row, List<Latest> acks) {
        return new Known(
                row.getString("id"),
                row.getString("service"),
                row.getString("version"),
                row.getString("boot_id"),
                List.of(row.getArrayOfStrings("levers")),
                row.getOffsetDateTime("registered_at").toInstant(),
                row.getOffsetDateTime("seen_at").toInstant(),
                row.getBoolean("live"),
                acks);
    }

    record Known(
            String id,
            String service,
            String version,
            String bootId,
            List<String> levers,
            Instant registeredAt,
            Instant seenAt,
            boolean live,
            List<Latest> acks) {}
}
