package io.sluice.metrics.scorecard;

import io.sluice.contracts.outcome.CdnOutcome;
import io.sluice.contracts.outcome.CdnScore;
import io.sluice.contracts.outcome.OutcomeBatch;
import io.sluice.contracts.page.Page;
import io.sluice.metrics.partitions.Partitions;
import io.sluice.metrics.partitions.TimeTable;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Outcomes that clients report through cdn-gateway, and what they say of CDNs. */
@Path("/api/v1/cdn")
@Produces(MediaType.APPLICATION_JSON)
public class ScorecardResource {
    private static final int MAX_BATCH = 1000;
    private static final int MAX_VOTES = 100_000;
    private static final Duration PAST = Duration.ofMinutes(15);
    private static final Duration FUTURE = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofHours(2);

    private final OutcomeStore store;
    private final Partitions partitions;
    private final InstantSource clock;
    private final ScorecardConfig config;

    ScorecardResource(OutcomeStore store, Partitions partitions, InstantSource clock, ScorecardConfig config) {
        this.store = store;
        this.partitions = partitions;
        this.clock = clock;
        this.config = config;
    }

    @POST
    @Path("outcomes")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.SERVICE)
    @Operation(
            operationId = "postOutcomes",
            summary = "Takes votes on decisions whose signature cdn-gateway has checked",
            description = "At most 1000. Repeating a batch is harmless: a decision has one vote.")
    public Uni<OutcomesTaken> take(@Nullable OutcomeBatch batch) {
        if (batch == null || batch.outcomes().size() > MAX_BATCH) {
            throw new InvalidRequest("outcomes", "must be a list of at most " + MAX_BATCH);
        }
        Instant now = clock.instant();
        List<CdnOutcome> fresh = batch.outcomes().stream()
                .filter(outcome ->
                        outcome.at().isAfter(now.minus(PAST)) && outcome.at().isBefore(now.plus(FUTURE)))
                .toList();
        int stale = batch.outcomes().size() - fresh.size();
        if (fresh.isEmpty()) {
            return Uni.createFrom().item(new OutcomesTaken(0, 0, stale));
        }
        return partitions
                .ensure(
                        TimeTable.CDN_OUTCOME,
                        fresh.stream().map(CdnOutcome::at).distinct().toList())
                .chain(() -> store.add(fresh))
                .map(added -> new OutcomesTaken(added, fresh.size() - added, stale));
    }

    @GET
    @Path("scorecard")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "cdnScorecard",
            summary = "How each CDN does in each market, as clients report it",
            description = "Of each network (/24, /48) the latest votes count, at most"
                    + " sluice.metrics.scorecard.per-network; networks weigh the same, and the outermost tenth of them on"
                    + " either side, at least one, is left out: whoever holds one network moves nothing."
                    + " score = 100 x availability x (1 - errorRatio) x (median TTFB of the fastest / its own).")
    public Uni<Page<CdnScore>> scorecard(
            @QueryParam("market") @Parameter(description = "all by default") @Nullable String market,
            @QueryParam("window")
                    @DefaultValue("PT10M")
                    @Parameter(description = "ISO 8601, PT1M to PT2H, back from now")
                    String window) {
        Instant to = clock.instant();
        Instant from = to.minus(length(window));
        Scorecard scorecard = new Scorecard(config.minSamples(), config.minNetworks());
        return store.votes(from, market, config.perNetwork(), MAX_VOTES)
                .map(votes -> Page.whole(scorecard.of(votes, from, to)));
    }

    private static Duration length(String text) {
        try {
            Duration length = Duration.parse(text);
            if (length.compareTo(Duration.ofMinutes(1)) >= 0 && length.compareTo(LONGEST) <= 0) {
                return length;
            }
        } catch (DateTimeException e) {
            // Falls through to the same answer: it says what a window looks like.
        }
        throw new InvalidRequest("window", "must be a duration from PT1M to PT2H");
    }
}
