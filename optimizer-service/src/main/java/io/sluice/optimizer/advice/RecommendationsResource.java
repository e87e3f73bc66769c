package io.sluice.optimizer.advice;

import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What would cost less, with everything it follows from. Accepting changes nothing but what is remembered. */
@Path("/api/v1/recommendations")
public class RecommendationsResource {
    private static final int LONGEST_REASON = 500;

    private final Recommendations recommendations;

    RecommendationsResource(Recommendations recommendations) {
        this.recommendations = recommendations;
    }

    /**
     * Body of a decision.
     *
     * @param reason for whoever wonders, 1-500 characters
     */
    public record DecisionRequest(@Nullable String reason) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "How much to commit to each CDN",
            description =
                    "One for each contract under sluice.optimizer.contracts, from the daily usage of up to 180 days."
                            + " The commit of least expected cost, the cost curve, and what the same rule would have cost in the"
                            + " past. Nothing is ever applied.")
    @APIResponse(responseCode = "200", description = "By CDN; no contract, no recommendation")
    @APIResponse(responseCode = "503", description = "usage-away: metrics-service does not tell usage")
    public Uni<Page<Recommendation>> all() {
        return recommendations.all().map(Page::whole);
    }

    @POST
    @Path("{id}/accept")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Remember that the advice is followed",
            description = "30 days later realisedMonthlySaving says what it came to. Repeating it is a new decision.")
    @APIResponse(responseCode = "409", description = "nothing-advised: too few days of usage")
    public Uni<Recommendation> accept(String id, @Nullable DecisionRequest request, @Context SecurityContext caller) {
        return decide(id, true, request, caller);
    }

    @POST
    @Path("{id}/reject")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Remember that the advice is not followed",
            description = "What it would have brought is still reckoned.")
    @APIResponse(responseCode = "409", description = "nothing-advised: too few days of usage")
    public Uni<Recommendation> reject(String id, @Nullable DecisionRequest request, @Context SecurityContext caller) {
        return decide(id, false, request, caller);
    }

    private Uni<Recommendation> decide(
            String id, boolean accepted, @Nullable DecisionRequest request, SecurityContext caller) {
        String reason = request == null ? null : request.reason();
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON || reason.indexOf(0) >= 0) {
            throw new InvalidRequest("reason", "is required, at most " + LONGEST_REASON + " characters");
        }
        return recommendations.decide(
                id, accepted, reason, caller.getUserPrincipal().getName());
    }
}
