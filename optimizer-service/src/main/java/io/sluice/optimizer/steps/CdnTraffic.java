package io.sluice.optimizer.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.optimizer.steps.Guards.Served;
import io.sluice.optimizer.steps.Guards.Traffic;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Asks metrics-service what the CDNs served before a rollout and during its present step. */
@ApplicationScoped
class CdnTraffic {
    private static final String METRICS = "metrics-service";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private final Neighbours neighbours;
    private final ObjectMapper json;
    private final Duration before;

    CdnTraffic(Neighbours neighbours, ObjectMapper json, StepConfig config) {
        this.neighbours = neighbours;
        this.json = json;
        this.before = config.hold().compareTo(SHORTEST) < 0 ? SHORTEST : config.hold();
    }

    /** Never fails: what is not answered was not told. Usage is counted by minutes, so the step's first minute is left out. */
    Uni<Traffic> of(StepPlan plan, Instant now) {
        if (neighbours.url(METRICS).isEmpty()) {
            return Uni.createFrom().item(Traffic.UNWATCHED);
        }
        Instant begun = plan.startedAt().truncatedTo(ChronoUnit.MINUTES);
        Instant step = plan.stepAt().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        if (!step.isBefore(now)) {
            return Uni.createFrom().item(Traffic.UNWATCHED);
        }
        return Uni.combine()
                .all()
                .unis(served(begun.minus(before), begun), served(step, now))
                .with((was, is) -> new Traffic(true, was, is))
                .onFailure()
                .recoverWithItem(Traffic.NOT_TOLD);
    }

    private Uni<Served> served(Instant from, Instant to) {
        return neighbours
                .call(METRICS, HttpMethod.GET, "/api/v1/cdn/usage?from=" + from + "&to=" + to, Map.of(), null, TIMEOUT)
                .map(response -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("status " + response.statusCode());
                    }
                    String body = response.bodyAsString();
                    return sum(parse(body == null ? "" : body).path("items"));
                });
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("usage cannot be read", e);
        }
    }

    /** All CDNs together; the P95 is the mean of theirs, weighted by requests. */
    static Served sum(JsonNode items) {
        long requests = 0;
        double failed = 0;
        double slow = 0;
        long timed = 0;
        for (JsonNode item : items) {
            long these = Math.max(0, item.path("requests").asLong());
            requests += these;
            failed += these * Math.clamp(item.path("errorRatio").asDouble(), 0, 1);
            if (item.path("p95Seconds").isNumber()) {
                slow += these * item.path("p95Seconds").asDouble();
                timed += these;
            }
        }
        return new Served(requests, requests == 0 ? 0 : failed / requests, timed == 0 ? null : (Double) (slow / timed));
    }
}
