package io.sluice.optimizer.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.alert.PostableAlert;
import io.sluice.optimizer.timing.Repeating;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Alerts of the optimizer, kept until alerting-service has taken them: one that burns is sent again each minute, as Prometheus
 * does, one that is over is sent until it was taken once. Nothing waits for it; at most 1,000 are kept.
 */
@ApplicationScoped
@RegisterForReflection(targets = PostableAlert.class)
public class Alerts {
    private static final String ALERTING = "alerting-service";
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration OUTLIVES = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MOST = 1000;

    private final Neighbours neighbours;
    private final InstantSource time;
    private final ObjectMapper json;
    private final Map<String, Alert> alerts = new ConcurrentHashMap<>();

    Alerts(Neighbours neighbours, InstantSource time, ObjectMapper json) {
        this.neighbours = neighbours;
        this.time = time;
        this.json = json;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var _ = new Repeating(vertx, "alerts", EVERY, this::send);
    }

    /** How urgent; P1 wakes people. */
    public enum Severity {
        P1,
        P2,
        P3
    }

    /** Raises an alert; repeating it changes its text. */
    public void raise(String key, Severity severity, String name, String scope, String summary) {
        alerts.compute(key, (k, held) -> {
            if (held != null && held.endedAt == null) {
                return held.with(summary);
            }
            if (held == null && alerts.size() >= MOST) {
                return null;
            }
            Map<String, String> labels = Map.of(
                    "alertname", name,
                    "severity", severity.name(),
                    "service", "optimizer-service",
                    "scope", scope,
                    "cause", key);
            return new Alert(labels, summary, time.instant(), null, null);
        });
    }

    /** Says that it is over; one that does not burn is left alone. */
    public void resolve(String key) {
        alerts.computeIfPresent(key, (k, held) -> held.endedAt == null ? held.ended(time.instant()) : held);
    }

    private Uni<Void> send() {
        Instant now = time.instant();
        Map<String, Alert> due = new ConcurrentHashMap<>();
        alerts.forEach((key, alert) -> {
            if (alert.due(now)) {
                due.put(key, alert);
            }
        });
        if (due.isEmpty() || neighbours.url(ALERTING).isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<PostableAlert> body = new ArrayList<>();
        due.values().forEach(alert -> body.add(alert.postable(now)));
        return neighbours
                .call(ALERTING, HttpMethod.POST, "/api/v2/alerts", Map.of(), write(body), TIMEOUT)
                .invoke(response -> {
                    if (response.statusCode() == 200) {
                        due.forEach((key, alert) -> taken(key, alert, now));
                    }
                })
                .replaceWithVoid();
    }

    private void taken(String key, Alert sent, Instant now) {
        alerts.computeIfPresent(key, (k, held) -> {
            if (held.endedAt != null && sent.endedAt != null) {
                return null;
            }
            return held.equals(sent) ? held.takenAt(now) : held;
        });
    }

    private Buffer write(List<PostableAlert> body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("alerts cannot be written", e);
        }
    }

    private record Alert(
            Map<String, String> labels,
            String summary,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant sentAt) {

        Alert with(String newSummary) {
            return newSummary.equals(summary) ? this : new Alert(labels, newSummary, startedAt, endedAt, sentAt);
        }

        Alert ended(Instant at) {
            return new Alert(labels, summary, startedAt, at, null);
        }

        Alert takenAt(Instant at) {
            return new Alert(labels, summary, startedAt, endedAt, at);
        }

        boolean due(Instant now) {
            return sentAt == null || !now.isBefore(sentAt.plus(AGAIN));
        }

        PostableAlert postable(Instant now) {
            Instant end = endedAt == null ? now.plus(OUTLIVES) : endedAt;
            return new PostableAlert(labels, Map.of("summary", summary), startedAt, end, null);
        }
    }
}
