package io.sluice.image.job;

import io.sluice.platform.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether this worker takes jobs. */
@Path("/api/v1/queue")
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
public class QueueResource {
    private final ThisWorker worker;

    QueueResource(ThisWorker worker) {
        this.worker = worker;
    }

    @POST
    @Path("drain")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "This worker takes no more jobs",
            description = "What it has under way it finishes, and requests it serves. Until resumed, or restarted.")
    public JobSummary.Worker drain() {
        return worker.drain(true);
    }

    @POST
    @Path("resume")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "This worker takes jobs again")
    public JobSummary.Worker resume() {
        return worker.drain(false);
    }
}
