package io.sluice.optimizer.rollouts;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Who has a directive. */
@Path("/api/v1/rollouts/{scope}/{generation}")
public class RolloutsResource {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Rollouts rollouts;

    RolloutsResource(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Who has a directive",
            description =
                    "COMPLETE when every receiver that was live at issue, and is not silent since, has applied it. steps tells the"
                            + " rollout that this generation is a step of.")
    public Uni<RolloutStatus> rollout(
            String scope,
            long generation,
            @Parameter(description = "Answer when settled, at the latest after this time; at most PT60S")
                    @QueryParam("wait")
                    @DefaultValue("PT0S")
                    String wait) {
        if (!Directive.isScope(scope)) {
            throw new InvalidRequest("scope", "must be global or collection:{name}");
        }
        return rollouts.settled(scope, generation, duration(wait));
    }

    private static Duration duration(String wait) {
        try {
            Duration parsed = Duration.parse(wait);
            if (!parsed.isNegative() && parsed.compareTo(LONGEST) <= 0) {
                return parsed;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw new InvalidRequest("wait", "must be a duration of PT0S to PT60S");
    }
}
