package io.sluice.gateway.geo;

import io.sluice.platform.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is known of where clients are. */
@Path("/api/v1/geo")
@Tag(name = "Markets")
class GeoResource {
    private final Geo geo;

    GeoResource(Geo geo) {
        this.geo = geo;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "How many ranges are in use, when they were read, and what is wrong with a changed file")
    public GeoState state() {
        return geo.state();
    }
}
