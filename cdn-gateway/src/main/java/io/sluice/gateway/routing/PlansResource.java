package io.sluice.gateway.routing;

import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.UnknownResource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How traffic is shared now, and why. */
@Path("/api/v1/markets/{name}/plan")
@Tag(name = "Markets")
class PlansResource {
    private final Routes routes;

    PlansResource(Routes routes) {
        this.routes = routes;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The share of each CDN in a market, with health, performance and price that led to it")
    public MarketPlan plan(String name) {
        return routes.plans().stream()
                .filter(plan -> plan.market().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownResource("market", name));
    }
}
