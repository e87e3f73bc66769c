package io.sluice.optimizer.overrides;

import io.sluice.contracts.directive.Axes;
import io.sluice.optimizer.audit.AuditStore;
import io.sluice.optimizer.policies.Axis;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Overrides; they begin and end by the database's clock. */
@ApplicationScoped
public class OverrideStore {
    private static final String ACTIVE = """
            select * from override where revoked_at is null and expires_at > now() order by created_at, id""";
    private static final String PAGE = """
            select * from override
            where revoked_at is null and expires_at > now() and id > $1 order by id limit $2""";
    private static final String NEXT_END = """
            select (extract(epoch from min(expires_at) - now()) * 1000)::float8 as millis
            from override where revoked_at is null and expires_at > now()""";
    private static final String INSERT = """
            insert into override
                (id, scope, axis, kind, level, reason, actor, created_at, expires_at, idempotency_key, request, group_id,
                 immediate)
            values ($1, $2, $3, $4, $5, $6, $7, now(), now() + $8 * interval '1 millisecond', $9, $10, $11, $12)
            on conflict (idempotency_key) do nothing
            returning *""";
    private static final String BY_KEY = "select * from override where idempotency_key = $1";
    private static final String REVOKE = """
            update override set revoked_at = now() where id = $1 and revoked_at is null and expires_at > now()""";
    private static final String REVOKE_GROUP =
            "update override set revoked_at = now() where group_id = $1 and revoked_at is null";

    private final Database database;

    OverrideStore(Database database) {
        this.database = database;
    }

    /** A new override before it has an identity. */
    public record New(
            String scope,
            Axis axis,
            LevelOverride.Kind kind,
            double level,
            Duration ttl,
            String reason,
            String actor,
            boolean immediate) {

        /** One pin for each axis. */
        public static List<New> pins(String scope, Axes axes, Duration ttl, String reason, String actor) {
            return List.of(
                    pin(scope, Axis.egress, axes.egress(), ttl, reason, actor),
                    pin(scope, Axis.origin, axes.origin(), ttl, reason, actor),
                    pin(scope, Axis.compute, axes.compute(), ttl, reason, actor),
                    pin(scope, Axis.availability, axes.availability(), ttl, reason, actor));
        }

        /** As it would be if it began then; it is not stored, so its id is zero. */
        public LevelOverride at(Instant now) {
            return new LevelOverride(
                    new UUID(0, 0), scope, axis, kind, level, reason, actor, now, now.plus(ttl), immediate);
        }

        private static New pin(String scope, Axis axis, double level, Duration ttl, String reason, String actor) {
            return new New(scope, axis, LevelOverride.Kind.PIN, level, ttl, reason, actor, false);
        }

        @Override
        public String toString() {
            return kind + " " + level + " of " + axis + " at " + scope + " for " + ttl
                    + (immediate ? " at once: " : ": ") + reason;
        }
    }

    /**
     * What was stored.
     *
     * @param fresh false when the idempotency key had been used
     * @param request of the first use of the key
     */
    public record Stored(LevelOverride override, boolean fresh, String request) {}

    /** In force now. */
    public Uni<List<LevelOverride>> active() {
        return database.query(ACTIVE).map(OverrideStore::overrides);
    }

    /** In force now, within a transaction. */
    public static Uni<List<LevelOverride>> active(SqlConnection connection) {
        return connection.preparedQuery(ACTIVE).execute().map(OverrideStore::overrides);
    }

    /** A page of those in force. */
    public Uni<List<LevelOverride>> page(UUID after, int limit) {
        return database.query(PAGE, Tuple.of(after, limit)).map(OverrideStore::overrides);
    }

    /** How long until the next one ends. */
    public Uni<Optional<Duration>> nextEnd() {
        return database.query(NEXT_END)
                .map(rows -> Optional.ofNullable(rows.iterator().next().getDouble("millis"))
                        .map(millis -> Duration.ofMillis(millis.longValue())));
    }

    /** Stores one, or finds the one that was stored with the same key. */
    public Uni<Stored> insert(New override, @Nullable String key, String request) {
        return database.inTransaction(connection -> insert(connection, override, key, request, null));
    }

    /** Stores several that belong together; all or none. */
    public Uni<List<Stored>> insertGroup(List<New> overrides, @Nullable String key, String request) {
        return database.inTransaction(
                connection -> insertGroup(connection, overrides, UUID.randomUUID(), key, request));
    }

    /** The same within a transaction. */
    public static Uni<List<Stored>> insertGroup(
            SqlConnection connection, List<New> overrides, UUID group, @Nullable String key, String request) {
        return Multi.createFrom()
                .iterable(overrides)
                .onItem()
                .transformToUniAndConcatenate(override ->
                        insert(connection, override, key == null ? null : key + '/' + override.axis(), request, group))
                .collect()
                .asList();
    }

    /** Ends all of a group. */
    public static Uni<Void> revokeGroup(SqlConnection connection, UUID group) {
        return connection.preparedQuery(REVOKE_GROUP).execute(Tuple.of(group)).replaceWithVoid();
    }

    /** Ends one; whether it was in force. */
    public Uni<Boolean> revoke(UUID id, String actor) {
        return database.inTransaction(connection -> connection
                .preparedQuery(REVOKE)
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() > 0)
                .call(found -> found
                        ? AuditStore.append(connection, actor, "override.ended", id.toString(), "")
                        : Uni.createFrom().voidItem()));
    }

    private static Uni<Stored> insert(
            SqlConnection connection, New override, @Nullable String key, String request, @Nullable UUID group) {
        Tuple row = Tuple.tuple()
                .addUUID(UUID.randomUUID())
                .addString(override.scope())
                .addString(override.axis().name())
                .addString(override.kind().name())
                .addDouble(override.level())
                .addString(override.reason())
                .addString(override.actor())
                .addLong(override.ttl().toMillis())
                .addString(key)
                .addString(request)
                .addUUID(group)
                .addBoolean(override.immediate());
        return connection
                .preparedQuery(INSERT)
                .execute(row)
                .flatMap(rows -> rows.size() > 0
                        ? Uni.createFrom().item(rows)
                        : connection.preparedQuery(BY_KEY).execute(Tuple.of(key)))
                .map(rows -> {
                    Row stored = rows.iterator().next();
                    return new Stored(override(stored), isFresh(stored, row), stored.getString("request"));
                })
                .call(stored -> stored.fresh()
                        ? AuditStore.append(
                                connection,
                                override.actor(),
                                "override.set",
                                stored.override().id().toString(),
                                override.toString())
                        : Uni.createFrom().voidItem());
    }

    private static boolean isFresh(Row stored, Tuple inserted) {
        return stored.getUUID("id").equals(inserted.getUUID(0));
    }

    private static List<LevelOverride> overrides(RowSet<Row> rows) {
        List<LevelOverride> all = new ArrayList<>();
        rows.forEach(row -> all.add(override(row)));
        return all;
    }

    private static LevelOverride override(Row row) {
        return new LevelOverride(
                row.getUUID("id"),
                row.getString("scope"),
                Axis.valueOf(row.getString("axis")),
                LevelOverride.Kind.valueOf(row.getString("kind")),
                row.getDouble("level"),
                row.getString("reason"),
                row.getString("actor"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getBoolean("immediate"));
    }
}
