package io.sluice.optimizer.savings;

import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What the levels of the egress axis saved. */
@Path("/api/v1/savings")
public class SavingsResource {
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final DeliveredSeries delivered;
    private final LevelTable table;
    private final InstantSource time;

    SavingsResource(DeliveredSeries delivered, LevelTable table, InstantSource time) {
        this.delivered = delivered;
        this.table = table;
        this.time = time;
    }

    /**
     * Answer of {@code GET /api/v1/savings}.
     *
     * @param from inclusive
     * @param to exclusive
     * @param heldBackResponses to keys that always stay at level 0, while others were lowered
     * @param heldBackMeanBytes of such a response
     * @param levels 1-4
     */
    public record Savings(
            Instant from, Instant to, long heldBackResponses, double heldBackMeanBytes, List<Saving> levels) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Savings that were measured, beside those that were predicted",
            description =
                    "Bytes of a response to keys at a level against those to the keys held back, as image-worker sent them:"
                            + " answers from a CDN's cache are not among them. 95 % confidence intervals from 16 random slices of"
                            + " keys; with too few samples there is none, and the note says so.")
    @APIResponse(responseCode = "503", description = "metrics-service does not tell")
    public Uni<Savings> savings(
            @Parameter(description = "RFC 3339; a week before `to` by default") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "RFC 3339; now by default") @QueryParam("to") @Nullable String to) {
        Instant end = to == null ? time.instant() : instant("to", to);
        Instant start = from == null ? end.minus(USUAL) : instant("from", from);
        if (!start.isBefore(end) || start.plus(LONGEST).isBefore(end)) {
            throw new InvalidRequest("from", "must be before to, by at most 366 days");
        }
        List<Uni<Slices>> groups = new ArrayList<>();
        groups.add(delivered.of("holdback", start, end));
        for (int level = 1; level <= Directive.MAX_LEVEL; level++) {
            groups.add(delivered.of("level-" + level, start, end));
        }
        return Uni.join().all(groups).andFailFast().map(told -> savings(start, end, told));
    }

    private Savings savings(Instant from, Instant to, List<Slices> told) {
        Slices held = told.getFirst();
        List<Saving> levels = new ArrayList<>();
        for (int level = 1; level <= Directive.MAX_LEVEL; level++) {
            levels.add(
                    Saving.of(level, held, told.get(level), table.egressLadder().savingAt(level)));
        }
        return new Savings(from, to, held.responses(), held.mean(), levels);
    }

    private static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequest(field, "must be an instant such as 2026-11-21T10:00:00Z");
        }
    }
}
