package io.sluice.optimizer.freezes;

import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.audit.AuditStore;
import io.sluice.optimizer.directives.DirectiveStore;
import io.sluice.optimizer.directives.Issued;
import io.sluice.optimizer.leadership.LeadershipStore;
import io.sluice.optimizer.overrides.OverrideStore;
import io.sluice.optimizer.overrides.OverrideStore.New;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The freeze in force, and the pins that make it true. */
@ApplicationScoped
public class FreezeStore {
    private static final String IN_FORCE =
            "select * from level_freeze where lifted_at is null and expires_at > now() order by created_at desc limit 1";
    private static final String INSERT = """
            insert into level_freeze (id, reason, actor, created_at, expires_at)
            values ($1, $2, $3, now(), now() + $4 * interval '1 millisecond') returning *""";
    private static final String EXTEND = """
            update level_freeze set reason = $2, actor = $3, created_at = now(),
                expires_at = now() + $4 * interval '1 millisecond'
            where id = $1 returning *""";
    private static final String LIFT = "update level_freeze set lifted_at = now() where id = $1";

    private final Database database;
    private final DirectiveStore directives;

    FreezeStore(Database database, DirectiveStore directives) {
        this.database = database;
        this.directives = directives;
    }

    /** The freeze in force. */
    public Uni<Optional<Freeze>> inForce() {
        return database.query(IN_FORCE).map(FreezeStore::first);
    }

    /** Fails with {@link Frozen} while one is in force. */
    public Uni<Void> mustNotBe() {
        return inForce()
                .invoke(found -> found.ifPresent(freeze -> {
                    throw new Frozen(freeze);
                }))
                .replaceWithVoid();
    }

    /** Freezes what is in force now, or gives the freeze in force another end and reason. */
    public Uni<Freeze> freeze(Duration ttl, String reason, String actor) {
        return database.inTransaction(connection -> LeadershipStore.hold(connection)
                .flatMap(held -> connection.preparedQuery(IN_FORCE).execute())
                .map(FreezeStore::first)
                .flatMap(before -> before.isPresent()
                        ? extend(connection, before.get(), ttl, reason, actor)
                        : begin(connection, ttl, reason, actor))
                .call(freeze -> AuditStore.append(
                        connection, actor, "freeze.set", freeze.id().toString(), ttl + ": " + reason)));
    }

    /** Ends the freeze in force; empty when there is none. */
    public Uni<Optional<Freeze>> lift(String actor) {
        return database.inTransaction(connection -> LeadershipStore.hold(connection)
                .flatMap(held -> connection.preparedQuery(IN_FORCE).execute())
                .map(FreezeStore::first)
                .call(found -> found.isEmpty() ? Uni.createFrom().voidItem() : lift(connection, found.get(), actor)));
    }

    private static Uni<Void> lift(SqlConnection connection, Freeze freeze, String actor) {
        return connection
                .preparedQuery(LIFT)
                .execute(Tuple.of(freeze.id()))
                .flatMap(done -> OverrideStore.revokeGroup(connection, freeze.id()))
                .flatMap(done -> AuditStore.append(
                        connection, actor, "freeze.lifted", freeze.id().toString(), ""));
    }

    private Uni<Freeze> begin(SqlConnection connection, Duration ttl, String reason, String actor) {
        Tuple row = Tuple.of(UUID.randomUUID(), reason, actor, ttl.toMillis());
        return connection
                .preparedQuery(INSERT)
                .execute(row)
                .map(rows -> first(rows).orElseThrow())
                .call(freeze -> pin(connection, freeze, ttl));
    }

    private Uni<Freeze> extend(SqlConnection connection, Freeze freeze, Duration ttl, String reason, String actor) {
        Tuple row = Tuple.of(freeze.id(), reason, actor, ttl.toMillis());
        return OverrideStore.revokeGroup(connection, freeze.id())
                .flatMap(done -> connection.preparedQuery(EXTEND).execute(row))
                .map(rows -> first(rows).orElseThrow())
                .call(extended -> pin(connection, extended, ttl));
    }

    private Uni<Void> pin(SqlConnection connection, Freeze freeze, Duration ttl) {
        return directives.inForce(connection).flatMap(issued -> {
            List<New> pins = new ArrayList<>();
            for (Issued one : issued) {
                Directive directive = one.directive();
                pins.addAll(New.pins(directive.scope(), directive.axes(), ttl, freeze.reason(), freeze.actor()));
            }
            return OverrideStore.insertGroup(connection, pins, freeze.id(), null, "freeze")
                    .replaceWithVoid();
        });
    }

    private static Optional<Freeze> first(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        return Optional.of(new Freeze(
                row.getUUID("id"),
                row.getString("reason"),
                row.getString("actor"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant()));
    }
}
