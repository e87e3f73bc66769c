package io.sluice.metrics.cdnlog;

import io.sluice.metrics.batches.BatchKey;
import io.sluice.metrics.partitions.Partitions;
import io.sluice.metrics.partitions.TimeTable;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Intake of CDN logs. */
@Path("/api/v1/cdn/logs")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class CdnLogResource {
    private final CdnLogStore store;
    private final Partitions partitions;
    private final CdnLogMeters meters;
    private final CdnLogConfig config;
    private final InstantSource clock;

    CdnLogResource(
            CdnLogStore store, Partitions partitions, CdnLogMeters meters, CdnLogConfig config, InstantSource clock) {
        this.store = store;
        this.partitions = partitions;
        this.meters = meters;
        this.config = config;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({Roles.SERVICE, Roles.OPERATOR})
    @RunOnVirtualThread
    @Operation(
            operationId = "postCdnLogs",
            summary = "Take a log of a CDN, counted exactly once",
            description =
                    "Answered after the commit. A log that is sent again, with the same Idempotency-Key or else the same"
                            + " content, counts nothing. A line that cannot be read is named by its number; the rest is taken.")
    @APIResponse(responseCode = "200", description = "Taken, or taken before: `duplicate`")
    @APIResponse(responseCode = "400", description = "Not one line could be read; nothing was recorded")
    @APIResponse(responseCode = "413", description = "More than 32 MiB, or 256 MiB unpacked; nothing was recorded")
    @APIResponse(responseCode = "503", description = "Not taken; send it again after Retry-After")
    public LogIntake post(
            @QueryParam("cdn") @Parameter(description = "Of the lines that name none themselves") @Nullable String cdn,
            @QueryParam("format") @DefaultValue("auto") @Parameter(description = "auto, edge-json or combined")
                    String format,
            @HeaderParam("Idempotency-Key") @Parameter(description = "SHA-256 of the content by default") @Nullable
                    String idempotencyKey,
            @HeaderParam("Content-Encoding") @Parameter(description = "gzip or none") @Nullable String encoding,
            InputStream body) {
        if (cdn != null && !LogAggregate.isCdn(cdn)) {
            throw new InvalidRequest("cdn", "must be 1-63 of a-z 0-9 . _ -");
        }
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > BatchKey.MAX_LENGTH)) {
            throw new InvalidRequest("Idempotency-Key", "must be 1-" + BatchKey.MAX_LENGTH + " characters");
        }
        Instant now = clock.instant();
        LogAggregate log = new LogAggregate(cdn, now.minus(config.maxAge()), now.plus(config.maxAhead()));
        String digest = read(new LogReader(log, LogFormat.named(format)), body, encoding);
        String batchId = Optional.ofNullable(idempotencyKey).orElse(digest);
        if (log.malformed() > 0 && log.malformed() == log.lines()) {
            throw new UnreadableLog("Line 1 is "
                    + log.intake(batchId, false).rejectedLines().getFirst().reason()
                    + ". Set format to that of the log, and cdn to the one that made it.");
        }
        return add(new BatchKey("cdn-logs:" + (cdn == null ? "" : cdn), batchId), log);
    }

    private LogIntake add(BatchKey key, LogAggregate log) {
        List<Instant> moments = log.minutes().keySet().stream()
                .map(cell -> Instant.ofEpochSecond(cell.start()))
                .distinct()
                .toList();
        boolean added = partitions
                .ensure(TimeTable.CDN_1M, moments)
                .chain(() -> partitions.ensure(TimeTable.CDN_1H, moments))
                .chain(() -> store.add(key, log))
                .await()
                .indefinitely(); // the database has its own time limit
        if (added) {
            meters.taken(log);
        } else {
            meters.duplicate();
        }
        return log.intake(key.batchId(), !added);
    }

    private String read(LogReader reader, InputStream body, @Nullable String encoding) {
        InputStream limited = new LimitedStream(body, config.maxBody().asLongValue());
        try {
            if (encoding == null || encoding.equalsIgnoreCase("identity")) {
                return reader.read(limited);
            }
            if (encoding.equalsIgnoreCase("gzip")) {
                try (InputStream unpacked = new GZIPInputStream(limited, 8192)) {
                    return reader.read(
                            new LimitedStream(unpacked, config.maxUnpacked().asLongValue()));
                }
            }
        } catch (IOException e) {
            throw new UnreadableLog("The body ends early or is not " + (encoding == null ? "whole" : encoding)
                    + ". Nothing was recorded; send it again.");
        }
        throw new InvalidRequest("Content-Encoding", "must be gzip or absent");
    }
}
