package io.sluice.optimizer.decisions;

import io.sluice.contracts.page.Page;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.policies.Axis;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Why levels are what they are. */
@Path("/api/v1/decisions")
public class DecisionsResource {
    private final DecisionStore store;

    private final LevelTable table;

    DecisionsResource(DecisionStore store, LevelTable table) {
        this.store = store;
        this.table = table;
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Why a decision was what it was",
            description =
                    "Its numbers, which signal was the limiting one, what its gate means, and how each level would end.")
    public Uni<Explanation> explain(UUID id) {
        return store.find(id)
                .map(found -> found.orElseThrow(() -> new UnknownResource("decision", id.toString())))
                .flatMap(decision -> store.limiting(id)
                        .map(limiting -> Explanation.of(
                                decision,
                                limiting,
                                decision.axis() == Axis.origin ? table.originLadder() : table.egressLadder())));
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Decisions, newest first, with the numbers they were made of")
    public Uni<Page<Decision>> list(
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Parameter(description = "Of this policy only") @QueryParam("policy") @Nullable String policy,
            @Parameter(description = "true: only of policies in the shadow; false: only of the others")
                    @QueryParam("shadow")
                    @Nullable
                    Boolean shadow) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1-1000");
        }
        return store.page(position(cursor), limit, policy, shadow);
    }

    private static long position(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidRequest("cursor", "must be the next of an earlier page");
        }
    }
}
