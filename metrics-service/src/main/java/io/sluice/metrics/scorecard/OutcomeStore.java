package io.sluice.metrics.scorecard;

import io.sluice.contracts.outcome.CdnOutcome;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps outcomes, one for each decision. */
@ApplicationScoped
class OutcomeStore {
    private final Database database;

    OutcomeStore(Database database) {
        this.database = database;
    }

    /** Adds those whose decision has none yet; answers how many. */
    Uni<Integer> add(List<CdnOutcome> outcomes) {
        Tuple columns = Tuple.tuple()
                .addValue(outcomes.stream()
                        .map(outcome -> time(outcome.at().truncatedTo(ChronoUnit.MINUTES)))
                        .toArray(OffsetDateTime[]::new))
                .addValue(outcomes.stream().map(CdnOutcome::id).toArray(String[]::new))
                .addValue(outcomes.stream().map(CdnOutcome::cdn).toArray(String[]::new))
                .addValue(outcomes.stream().map(CdnOutcome::market).toArray(String[]::new))
                .addValue(outcomes.stream().map(CdnOutcome::network).toArray(String[]::new))
                .addValue(outcomes.stream().map(CdnOutcome::failed).toArray(Boolean[]::new))
                .addValue(outcomes.stream().map(CdnOutcome::ttfbMillis).toArray(Integer[]::new));
        return database.query("""
                        insert into cdn_outcome (ts, id, cdn, market, network, failed, ttfb_millis)
                        select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[],
                            $6::boolean[], $7::int[])
                        on conflict do nothing""", columns).map(rows -> rows.rowCount());
    }

    /**
     * Votes on decisions of {@code from} and later.
     *
     * @param market null for all
     * @param perNetwork most votes of a network on a CDN in a market, the latest ones
     */
    Uni<List<Vote>> votes(Instant from, @Nullable String market, int perNetwork, int limit) {
        return database.query("""
                        select cdn, market, network, extract(epoch from ts)::bigint, failed, ttfb_millis from (
                            select *, row_number() over (partition by cdn, market, network order by ts desc, id) as place
                            from cdn_outcome where ts >= $1 and ($2::text is null or market = $2)) as votes
                        where place <= $3 limit $4""", Tuple.of(time(from), market, perNetwork, limit))
                .map(rows -> {
                    List<Vote> votes = new ArrayList<>(rows.size());
                    rows.forEach(row -> votes.add(vote(row)));
                    return votes;
                });
    }

    private static Vote vote(Row row) {
        return new Vote(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getLong(3) / 60,
                row.getBoolean(4),
                row.getInteger(5));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
