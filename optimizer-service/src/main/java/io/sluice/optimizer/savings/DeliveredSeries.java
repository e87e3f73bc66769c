package io.sluice.optimizer.savings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.optimizer.savings.Slices.Slice;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks metrics-service what image-worker has delivered to a group of keys. */
@ApplicationScoped
class DeliveredSeries {
    private static final String METRICS = "metrics-service";
    private static final String PATH = "/api/v1/metrics/sluice.image.delivered.bytes/series?kind=histogram&by=slice";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Neighbours neighbours;
    private final ObjectMapper json;

    DeliveredSeries(Neighbours neighbours, ObjectMapper json) {
        this.neighbours = neighbours;
        this.json = json;
    }

    /**
     * One group. Fails with {@link MetricsAway} when it is not told.
     *
     * @param keys {@code holdback} or {@code level-1} .. {@code level-4}
     */
    Uni<Slices> of(String keys, Instant from, Instant to) {
        if (neighbours.url(METRICS).isEmpty()) {
            return Uni.createFrom().failure(new MetricsAway("sluice.neighbours.metrics-service.url is not set."));
        }
        return neighbours
                .call(
                        METRICS,
                        HttpMethod.GET,
                        PATH + "&filter=keys:" + keys + "&from=" + from + "&to=" + to,
                        Map.of(),
                        null,
                        TIMEOUT)
                .onFailure()
                .transform(failure -> new MetricsAway("It could not be asked: " + failure.getMessage()))
                .map(this::slices);
    }

    private Slices slices(HttpResponse<Buffer> response) {
        // 404: nothing was ever lowered, so nothing was counted.
        if (response.statusCode() == 404) {
            return new Slices(List.of());
        }
        if (response.statusCode() != 200) {
            throw new MetricsAway("It answered " + response.statusCode() + '.');
        }
        List<Slice> slices = new ArrayList<>();
        for (JsonNode line : parse(response.bodyAsString()).path("series")) {
            long count = 0;
            double sum = 0;
            for (JsonNode point : line.path("points")) {
                count += point.path("count").asLong();
                sum += point.path("sum").asDouble();
            }
            slices.add(new Slice(count, sum));
        }
        return new Slices(slices);
    }

    private JsonNode parse(@Nullable String body) {
        try {
            return json.readTree(body == null ? "{}" : body);
        } catch (JsonProcessingException e) {
            throw new MetricsAway("Its answer cannot be read: " + e.getOriginalMessage());
        }
    }
}
