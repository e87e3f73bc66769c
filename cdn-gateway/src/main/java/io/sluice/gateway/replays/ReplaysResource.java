package io.sluice.gateway.replays;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What would have been under another policy. */
@Path("/api/v1/replays")
@Tag(name = "Replays")
@RunOnVirtualThread
@RegisterForReflection(targets = {ReplayRequest.class, ReplayRequest.LogEntry.class})
class ReplaysResource {
    private static final String NDJSON = "application/x-ndjson";

    private final Replays replays;
    private final ReplayLog log;
    private final Semaphore one = new Semaphore(1);

    ReplaysResource(Replays replays, ReplayLog log) {
        this.replays = replays;
        this.log = log;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Replays requests under other policies or contracts, and compares with those in force",
            description =
                    "The planner, selection and pricing that decide live are run over this replica's sample of decisions, or over a log of at "
                            + "most 100,000 entries; as application/x-ndjson the first line is the request and each further one an entry. "
                            + "Changes nothing. All CDNs that are not drained count as healthy, hits are those of a model of LRU caches that "
                            + "begin empty, and bills are those of a month that is all like these requests. One replay at a time.")
    @APIResponse(responseCode = "200", description = "split, bills, hit ratio and moved share")
    @APIResponse(responseCode = "409", description = "no log, and nothing was recorded yet")
    @APIResponse(responseCode = "429", description = "another replay runs")
    public ReplayReport replay(@Nullable ReplayRequest body) {
        if (body == null) {
            throw new InvalidRequest("body", "must be {\"policies\":{\"default\":{\"weights\":{..}}}}");
        }
        return alone(() -> replays.replay(body));
    }

    @POST
    @Consumes(NDJSON)
    @RolesAllowed(Roles.VIEWER)
    @Operation(hidden = true)
    public ReplayReport replayLines(InputStream body) throws IOException {
        ReplayRequest request = log.lines(body);
        return alone(() -> replays.replay(request));
    }

    private ReplayReport alone(Supplier<ReplayReport> work) {
        if (!one.tryAcquire()) {
            throw new ReplayBusy();
        }
        try {
            return work.get();
        } finally {
            one.release();
        }
    }
}
