package io.sluice.optimizer.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a CDN served on each day, from metrics-service. */
@ApplicationScoped
class UsageHistory {
    private static final String METRICS = "metrics-service";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Days that metrics-service adds up in one answer, and how many of them are asked for. */
    private static final int DAYS_AT_ONCE = 30;

    private static final int TIMES = 6;

    private final Neighbours neighbours;
    private final ObjectMapper json;
    private final InstantSource time;

    UsageHistory(Neighbours neighbours, ObjectMapper json, InstantSource time) {
        this.neighbours = neighbours;
        this.json = json;
        this.time = time;
    }

    /**
     * Gigabytes of each whole day (UTC) up to yesterday, from the first day with any, at most 180. A day without requests counts as
     * 0. Fails with {@link UsageAway}.
     */
    Uni<List<Double>> daily(String cdn) {
        if (neighbours.url(METRICS).isEmpty()) {
            return Uni.createFrom().failure(new UsageAway("metrics-service is not configured as a neighbour."));
        }
        LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        LocalDate first = today.minusDays((long) DAYS_AT_ONCE * TIMES);
        Uni<Map<LocalDate, Double>> all = Uni.createFrom().item(new TreeMap<>());
        for (int i = 0; i < TIMES; i++) {
            LocalDate from = first.plusDays((long) DAYS_AT_ONCE * i);
            all = all.flatMap(known -> read(cdn, from, from.plusDays(DAYS_AT_ONCE), known));
        }
        return all.map(known -> days(known, today));
    }

    private Uni<Map<LocalDate, Double>> read(String cdn, LocalDate from, LocalDate to, Map<LocalDate, Double> known) {
        String path = "/api/v1/cdn/usage/series?step=P1D&cdn=" + URLEncoder.encode(cdn, StandardCharsets.UTF_8)
                + "&from=" + at(from) + "&to=" + at(to);
        return neighbours
                .call(METRICS, HttpMethod.GET, path, Map.of(), null, TIMEOUT)
                .onFailure()
                .transform(failure -> new UsageAway("metrics-service is away: " + failure.getMessage() + '.'))
                .map(response -> add(response, known));
    }

    private Map<LocalDate, Double> add(HttpResponse<Buffer> response, Map<LocalDate, Double> known) {
        if (response.statusCode() != 200) {
            throw new UsageAway("metrics-service answered " + response.statusCode() + '.');
        }
        try {
            for (JsonNode item : json.readTree(response.bodyAsString()).path("items")) {
                Instant from = Instant.parse(item.path("from").asText());
                double bytes = item.path("bytes").asDouble();
                if (bytes >= 0 && !Double.isInfinite(bytes)) {
                    known.merge(LocalDate.ofInstant(from, ZoneOffset.UTC), bytes / 1e9, Double::sum);
                }
            }
            return known;
        } catch (JsonProcessingException | DateTimeException e) {
            throw new UsageAway("metrics-service answered something that cannot be read.");
        }
    }

    private static List<Double> days(Map<LocalDate, Double> known, LocalDate today) {
        List<Double> days = new ArrayList<>();
        known.keySet().stream()
                .findFirst()
                .ifPresent(first -> first.datesUntil(today).forEach(day -> days.add(known.getOrDefault(day, 0.0))));
        return days;
    }

    private static String at(LocalDate day) {
        return day + "T00:00:00Z";
    }
}
