package io.sluice.metrics.errors;

import io.sluice.metrics.errors.HealthSignals.CdnSignal;
import io.sluice.metrics.usage.UsageStore;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What decides on faults reads. */
@Path("/api/v1/cdn/health-signals")
@Produces(MediaType.APPLICATION_JSON)
public class HealthSignalResource {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final UsageStore store;
    private final InstantSource clock;

    HealthSignalResource(UsageStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "healthSignals", summary = "Ratio of failed requests (5xx), in all and by CDN")
    public Uni<HealthSignals> signals(
            @QueryParam("window")
                    @DefaultValue("PT5M")
                    @Parameter(description = "ISO 8601, PT1M to PT24H; brought back" + " to a whole minute")
                    String window) {
        Instant now = clock.instant();
        Instant from = now.minus(length(window)).truncatedTo(ChronoUnit.MINUTES);
        return store.failures(from).map(failures -> {
            List<CdnSignal> cdns = failures.stream()
                    .map(one -> new CdnSignal(
                            one.cdn(), one.requests(), one.failed(), (double) one.failed() / one.requests()))
                    .toList();
            long requests = cdns.stream().mapToLong(CdnSignal::requests).sum();
            long failed = cdns.stream().mapToLong(CdnSignal::failed).sum();
            return new HealthSignals(
                    from, now, requests, failed, requests == 0 ? null : (Double) ((double) failed / requests), cdns);
        });
    }

    private static Duration length(String text) {
        try {
            Duration length = Duration.parse(text);
            if (length.compareTo(Duration.ofMinutes(1)) >= 0 && length.compareTo(LONGEST) <= 0) {
                return length;
            }
        } catch (DateTimeException e) {
            // Falls through to the same answer: it says what a window looks like.
        }
        throw new InvalidRequest("window", "must be a duration from PT1M to PT24H");
    }
}
