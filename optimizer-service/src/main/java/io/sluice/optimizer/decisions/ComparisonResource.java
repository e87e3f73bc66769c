package io.sluice.optimizer.decisions;

import io.sluice.optimizer.policies.PolicyStore;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** A policy beside what was published. */
@Path("/api/v1/policies/{id}/comparison")
public class ComparisonResource {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration USUAL = Duration.ofDays(1);

    private final ComparisonStore store;
    private final PolicyStore policies;
    private final InstantSource time;

    ComparisonResource(ComparisonStore store, PolicyStore policies, InstantSource time) {
        this.store = store;
        this.policies = policies;
        this.time = time;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "What a policy would have done beside what was done",
            description =
                    "From the decisions that were kept. A policy in the shadow decides each time from what is really in"
                            + " force, so it tells its next move, not a course of its own: POST /api/v1/replays does that.")
    public Uni<Comparison> compare(
            String id,
            @Parameter(description = "RFC 3339; a day before `to` by default") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "RFC 3339; now by default") @QueryParam("to") @Nullable String to) {
        Instant end = to == null ? time.instant() : instant("to", to);
        Instant start = from == null ? end.minus(USUAL) : instant("from", from);
        if (!start.isBefore(end) || start.plus(LONGEST).isBefore(end)) {
            throw new InvalidRequest("from", "must be before to, by at most 31 days");
        }
        return policies.all()
                .invoke(all -> {
                    if (all.stream().noneMatch(policy -> policy.id().equals(id))) {
                        throw new UnknownResource("policy", id);
                    }
                })
                .flatMap(known -> store.compare(id, start, end));
    }

    private static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequest(field, "must be an instant such as 2026-11-21T10:00:00Z");
        }
    }
}
