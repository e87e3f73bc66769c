package io.sluice.image.job;

import io.sluice.contracts.image.Names;
import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Background jobs: what waits, runs, failed and ended. */
@Path("/api/v1/jobs")
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    private static final int MOST = 1_000;

    private final JobListStore store;
    private final JobSummaryStore summaries;
    private final ThisWorker worker;

    JobResource(JobListStore store, JobSummaryStore summaries, ThisWorker worker) {
        this.store = store;
        this.summaries = summaries;
        this.worker = worker;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Jobs, newest first", description = "Ended ones stay for sluice.image.jobs.history.")
    public Uni<Page<Job>> list(
            @RestQuery @Parameter(description = "ready, running, dead, done or cancelled") @Nullable String state,
            @RestQuery @Parameter(description = "encode or srcset") @Nullable String kind,
            @RestQuery @Parameter(description = "of the source, 64 lower-case hex digits") @Nullable String oid,
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidRequest("limit", "must be 1-" + MOST);
        }
        if (oid != null && !Names.isOid(oid)) {
            throw new InvalidRequest("oid", "must be 64 lower-case hex digits");
        }
        JobListStore.Filter filter = new JobListStore.Filter(state(state), kind, oid);
        return store.list(filter, before(cursor), limit + 1).map(found -> {
            if (found.size() <= limit) {
                return Page.whole(found);
            }
            List<Job> page = found.subList(0, limit);
            return new Page<>(page, Long.toString(page.getLast().id()));
        });
    }

    @GET
    @Path("summary")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Depth, waiting times, and the share started in time")
    public Uni<JobSummary> summary() {
        return summaries.summary().map(summary -> summary.by(worker.now()));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One job")
    @APIResponse(responseCode = "200", description = "the job")
    @APIResponse(responseCode = "404", description = "no job has this id, or it ended long ago")
    public Uni<Job> job(long id) {
        return store.find(id).map(found -> found.orElseThrow(() -> new UnknownResource("job", Long.toString(id))));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Cancel a job",
            description =
                    "One that runs stops at its next variant, within 10 s; what it has published stays. Repeating it is"
                            + " harmless.")
    @APIResponse(responseCode = "200", description = "the job, cancelled")
    @APIResponse(responseCode = "404", description = "no job has this id")
    @APIResponse(responseCode = "409", description = "it is done")
    public Uni<Job> cancel(long id) {
        return store.cancel(id).chain(() -> job(id)).invoke(job -> {
            if (!job.state().equals(JobState.CANCELLED.token())) {
                throw new JobEnded(id, job.state(), "cancel");
            }
        });
    }

    @POST
    @Path("{id}/retry")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Begin a failed job anew", description = "Its attempts and its waiting time begin anew, too.")
    @APIResponse(responseCode = "200", description = "the job, ready")
    @APIResponse(responseCode = "404", description = "no job has this id")
    @APIResponse(responseCode = "409", description = "it has not failed")
    public Uni<Job> retry(long id) {
        return store.retry(id)
                .chain(retried -> job(id).invoke(job -> {
                    if (!retried) {
                        throw new JobEnded(id, job.state(), "retry");
                    }
                }));
    }

    private static @Nullable JobState state(@Nullable String token) {
        return token == null
                ? null
                : JobState.ofToken(token)
                        .orElseThrow(
                                () -> new InvalidRequest("state", "must be ready, running, dead, done or cancelled"));
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (cursor.isEmpty() || cursor.length() > 18 || !cursor.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidRequest("cursor", "must be next of the page before");
        }
        return Long.parseLong(cursor);
    }
}
