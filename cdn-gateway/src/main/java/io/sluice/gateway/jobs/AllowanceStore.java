package io.sluice.gateway.jobs;

import io.sluice.gateway.vendors.Allowance;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Token buckets in PostgreSQL, shared by all replicas and filled by its clock. */
@ApplicationScoped
public class AllowanceStore {
    private static final String TAKE = """
            insert into vendor_allowance as v (bucket, tokens) values ($1, $2::float8 - $4::float8)
            on conflict (bucket) do update
            set tokens = least($2::float8, v.tokens + extract(epoch from now() - v.at)::float8 * $3::float8) - $4::float8,
                at = now()
            where least($2::float8, v.tokens + extract(epoch from now() - v.at)::float8 * $3::float8) >= $4::float8
              and (v.blocked_until is null or v.blocked_until <= now())""";
    private static final String WAIT = """
            select greatest(
                ($4::float8 - least($2::float8, tokens + extract(epoch from now() - at)::float8 * $3::float8)) / $3::float8,
                extract(epoch from blocked_until - now())::float8, 0.02) as seconds
            from vendor_allowance where bucket = $1""";
    private static final String BLOCK = """
            update vendor_allowance set blocked_until = greatest(blocked_until, now() + $2 * interval '1 second')
            where bucket = $1""";
    private static final String CHARGE = """
            update vendor_allowance set tokens = tokens - $2::float8 where bucket = $1""";
    private static final String FORGET = """
            delete from vendor_allowance where bucket like $1 and at < now() - interval '1 day'""";

    private final Database database;

    AllowanceStore(Database database) {
        this.database = database;
    }

    /**
     * Takes tokens from a bucket.
     *
     * @return zero when they were there, else how long to wait
     */
    public Uni<Duration> take(Allowance allowance) {
        Tuple tuple = Tuple.of(allowance.bucket(), allowance.capacity(), allowance.perSecond(), allowance.cost());
        return database.query(TAKE, tuple)
                .chain(taken -> taken.rowCount() > 0
                        ? Uni.createFrom().item(Duration.ZERO)
                        : database.query(WAIT, tuple)
                                .map(rows -> Duration.ofMillis(
                                        Math.round(rows.iterator().next().getDouble("seconds") * 1000))));
    }

    /** Keeps everybody from a bucket for a while. */
    public Uni<Void> block(Allowance allowance, Duration pause) {
        return database.query(BLOCK, Tuple.of(allowance.bucket(), pause.toMillis() / 1000.0))
                .replaceWithVoid();
    }

    /** Takes what a call turned out to cost only afterwards; the bucket may be below zero then, and fills up first. */
    public Uni<Void> charge(String bucket, double tokens) {
        return database.query(CHARGE, Tuple.of(bucket, tokens)).replaceWithVoid();
    }

    /** Drops buckets that nobody took from for a day. */
    public Uni<Void> forget(String prefix) {
        return database.query(FORGET, Tuple.of(prefix + "%")).replaceWithVoid();
    }
}
