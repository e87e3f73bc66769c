package io.sluice.alerting.query;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Alertmanager's API v1 is gone, as since Alertmanager 0.27. */
@Path("/api/v1/alerts")
public class VersionOneResource {
    @GET
    @Operation(hidden = true)
    public Response get() {
        return gone();
    }

    @POST
    @Operation(hidden = true)
    public Response post() {
        return gone();
    }

    private static Response gone() {
        return Response.status(Response.Status.GONE)
                .type(MediaType.APPLICATION_JSON)
                .entity(
                        Map.of(
                                "status",
                                "deprecated",
                                "error",
                                "The Alertmanager v1 API was deprecated in version 0.16.0 and is removed as of version 0.27.0 - please use the equivalent route in the v2 API"))
                .build();
    }
}
