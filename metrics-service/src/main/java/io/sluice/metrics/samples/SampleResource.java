package io.sluice.metrics.samples;

import io.sluice.contracts.sample.IngestResult;
import io.sluice.contracts.sample.SampleBatch;
import io.sluice.metrics.batches.BatchKey;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Intake of samples as JSON. */
@Path("/api/v1/samples")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SampleResource {
    private final BatchAggregator aggregator;
    private final SampleIntake intake;
    private final SampleMeters meters;
    private final SampleConfig config;
    private final InstantSource clock;

    SampleResource(
            BatchAggregator aggregator,
            SampleIntake intake,
            SampleMeters meters,
            SampleConfig config,
            InstantSource clock) {
        this.aggregator = aggregator;
        this.intake = intake;
        this.meters = meters;
        this.config = config;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({Roles.SERVICE, Roles.OPERATOR})
    @RunOnVirtualThread
    @Operation(
            operationId = "postSamples",
            summary = "Take a batch of samples",
            description =
                    "Answered after the commit. Samples that cannot be taken are named with a reason (too_old: more than"
                            + " 48 h; in_the_future: more than 5 min; not_finite, negative, bad_name, bad_label, bad_unit, bad_kind,"
                            + " bad_weight, too_many_metrics); the rest is taken. Send a batch again with the same batchId after 503 or"
                            + " no answer: it is counted once.")
    @APIResponse(
            responseCode = "202",
            description = "Taken",
            content = @Content(schema = @Schema(implementation = IngestResult.class)))
    @APIResponse(
            responseCode = "200",
            description = "Taken before; nothing was counted again",
            content = @Content(schema = @Schema(implementation = IngestResult.class)))
    @APIResponse(responseCode = "411", description = "A body in chunks; send its Content-Length")
    @APIResponse(responseCode = "413", description = "More than 10,000 samples or 4 MiB")
    @APIResponse(responseCode = "503", description = "Not taken; send it again after Retry-After")
    public RestResponse<IngestResult> post(SampleBatch batch) {
        check(batch);
        BatchAggregate aggregate = aggregator.aggregate(batch, clock.instant());
        if (!committed(aggregate)) {
            meters.duplicate();
            return RestResponse.ok(new IngestResult(0, List.of(), true));
        }
        meters.taken(aggregate);
        return RestResponse.accepted(new IngestResult(aggregate.accepted(), aggregate.rejected(), false));
    }

    private boolean committed(BatchAggregate aggregate) {
        try {
            return intake.submit(aggregate).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void check(@Nullable SampleBatch batch) {
        if (batch == null) {
            throw new InvalidRequest("source", "is required");
        }
        name("source", batch.source(), true);
        name("batchId", batch.batchId(), false);
        if (batch.samples().size() > config.maxBatch()) {
            throw new BatchTooLarge("Send at most " + config.maxBatch() + " samples at a time.");
        }
    }

    private static void name(String field, @Nullable String value, boolean required) {
        if (value == null
                ? required
                : value.isBlank() || value.length() > BatchKey.MAX_LENGTH || value.indexOf(0) >= 0) {
            throw new InvalidRequest(field, "must be 1-" + BatchKey.MAX_LENGTH + " characters");
        }
    }
}
