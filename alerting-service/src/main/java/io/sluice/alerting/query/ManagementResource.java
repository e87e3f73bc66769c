package io.sluice.alerting.query;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Alertmanager's management calls; they need no token. */
@Path("/-")
@Produces(MediaType.TEXT_PLAIN)
public class ManagementResource {
    private final Database database;

    ManagementResource(Database database) {
        this.database = database;
    }

    @GET
    @Path("healthy")
    @Operation(summary = "OK while the process answers")
    public Uni<String> healthy() {
        return Uni.createFrom().item("OK");
    }

    @GET
    @Path("ready")
    @Operation(summary = "OK while alerts can be kept; else 503")
    public Uni<String> ready() {
        return database.query("select 1").replaceWith("OK");
    }
}
