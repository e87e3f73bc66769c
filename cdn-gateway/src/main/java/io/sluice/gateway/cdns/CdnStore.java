package io.sluice.gateway.cdns;

import io.sluice.gateway.selection.Snapshot;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The CDNs in PostgreSQL. Each change takes a new version of the set in the same transaction. */
@ApplicationScoped
class CdnStore {
    private static final String ALL = """
            select s.version, c.name, c.url, c.weight, c.probe, c.drain_reason, c.drained_at, c.drained_until,
                   c.vendor, c.settings, c.credential
            from cdn_set s left join cdn c on true
            order by c.name""";
    private static final String NEXT_VERSION = "update cdn_set set version = version + 1";
    private static final String PUT = """
            insert into cdn (name, url, weight, probe, vendor, settings, credential)
            select $1, $2, $3, $4, $6, $7, $8
            where (select count(*) from cdn where name <> $1) < $5
            on conflict (name) do update
            set url = excluded.url, weight = excluded.weight, probe = excluded.probe, vendor = excluded.vendor,
                settings = excluded.settings, credential = excluded.credential, updated_at = now()""";
    private static final String DELETE = "delete from cdn where name = $1";
    private static final String DRAIN = """
            update cdn
            set drain_reason = $2, drained_at = now(), drained_until = now() + $3 * interval '1 second', updated_at = now()
            where name = $1""";
    private static final String ENABLE = """
            update cdn set drain_reason = null, drained_at = null, drained_until = null, updated_at = now()
            where name = $1""";
    private static final String CLAIM_SEED = "update cdn_set set seeded = true, version = version + 1 where not seeded";

    private final Database database;

    CdnStore(Database database) {
        this.database = database;
    }

    Uni<CdnSet> all() {
        return database.query(ALL).map(CdnStore::set);
    }

    /** Creates or replaces a CDN; a drain stays. False when there are as many as there may be. */
    Uni<Boolean> put(Cdn cdn) {
        return database.inTransaction(connection -> change(connection, PUT, parameters(cdn)));
    }

    /** Whether there was one. */
    Uni<Boolean> delete(String name) {
        return database.inTransaction(connection -> change(connection, DELETE, Tuple.of(name)));
    }

    /**
     * Whether there is such a CDN.
     *
     * @param ttl null: until it is enabled
     */
    Uni<Boolean> drain(String name, String reason, @Nullable Duration ttl) {
        Double seconds = ttl == null ? null : ttl.toMillis() / 1000.0;
        return database.inTransaction(connection -> change(connection, DRAIN, Tuple.of(name, reason, seconds)));
    }

    /** Whether there is such a CDN. */
    Uni<Boolean> enable(String name) {
        return database.inTransaction(connection -> change(connection, ENABLE, Tuple.of(name)));
    }

    /** Puts the CDNs of the configuration in, at the first start only. */
    Uni<Void> seed(List<Cdn> cdns) {
        return database.inTransaction(connection -> connection
                .query(CLAIM_SEED)
                .execute()
                .chain(claimed -> claimed.rowCount() == 0 || cdns.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(PUT)
                                .executeBatch(
                                        cdns.stream().map(CdnStore::parameters).toList())
                                .replaceWithVoid()));
    }

    private static Uni<Boolean> change(SqlConnection connection, String sql, Tuple parameters) {
        // The version first: its row lock makes changes wait for one another.
        return connection
                .query(NEXT_VERSION)
                .execute()
                .chain(ignored -> connection.preparedQuery(sql).execute(parameters))
                .map(changed -> changed.rowCount() > 0);
    }

    private static Tuple parameters(Cdn cdn) {
        JsonObject settings = new JsonObject();
        cdn.vendor().settings().forEach(settings::put);
        return Tuple.tuple()
                .addString(cdn.name())
                .addString(cdn.url())
                .addDouble(cdn.weight())
                .addString(cdn.probe())
                .addInteger(Snapshot.MAX_CDNS)
                .addString(cdn.vendor().kind().name())
                .addJsonObject(settings)
                .addString(cdn.vendor().credential());
    }

    private static CdnSet set(RowSet<Row> rows) {
        long version = 0;
        List<Cdn> cdns = new ArrayList<>();
        for (Row row : rows) {
            version = row.getLong("version");
            if (row.getString("name") != null) {
                cdns.add(cdn(row));
            }
        }
        return new CdnSet(version, cdns);
    }

    private static Cdn cdn(Row row) {
        String reason = row.getString("drain_reason");
        OffsetDateTime until = row.getOffsetDateTime("drained_until");
        return new Cdn(
                row.getString("name"),
                row.getString("url"),
                row.getDouble("weight"),
                row.getString("probe"),
                reason == null
                        ? null
                        : new Drain(
                                reason,
                                row.getOffsetDateTime("drained_at").toInstant(),
                                until == null ? null : until.toInstant()),
                vendor(row));
    }

    private static Vendor vendor(Row row) {
        Map<String, String> settings = new HashMap<>();
        row.getJsonObject("settings").forEach(setting -> settings.put(setting.getKey(), (String) setting.getValue()));
        return new Vendor(VendorKind.valueOf(row.getString("vendor")), settings, row.getString("credential"));
    }
}
