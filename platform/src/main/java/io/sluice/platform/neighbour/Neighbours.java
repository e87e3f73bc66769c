package io.sluice.platform.neighbour;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls other services: each call has a timeout, the token and the trace context, and its outcome shows in the health group
 * {@code /q/health/well} and in the gauge {@code sluice_neighbour_up}. A neighbour that is away never stops this service.
 */
@ApplicationScoped
public class Neighbours {
    private final Map<String, NeighbourConfig.Neighbour> configured;
    private final WebClient client;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    Neighbours(NeighbourConfig config, Vertx vertx, MeterRegistry meters) {
        this.configured = Map.copyOf(config.byName());
        this.client = WebClient.create(
                vertx, new WebClientOptions().setConnectTimeout(2_000).setUserAgent("sluice"));
        configured.keySet().forEach(name -> {
            State state = new State();
            states.put(name, state);
            meters.gauge(
                    "sluice.neighbour.up",
                    java.util.List.of(io.micrometer.core.instrument.Tag.of("neighbour", name)),
                    state.up);
        });
    }

    /** Base address of a neighbour; empty when it is not configured. */
    public Optional<String> url(String name) {
        return Optional.ofNullable(configured.get(name)).map(NeighbourConfig.Neighbour::url);
    }

    /** Headers that identify us to a neighbour. */
    public Map<String, String> headers(String name) {
        Map<String, String> headers = new HashMap<>();
        NeighbourConfig.Neighbour neighbour = configured.get(name);
        if (neighbour != null) {
            neighbour.token().ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        }
        return headers;
    }

    /**
     * Calls a neighbour and reports how it went. Any status is an item; no answer within {@code timeout} is a failure.
     *
     * @param body JSON, or null for none
     * @throws IllegalArgumentException when the neighbour is not configured
     */
    public Uni<HttpResponse<Buffer>> call(
            String name,
            HttpMethod method,
            String pathAndQuery,
            Map<String, String> headers,
            @Nullable Buffer body,
            Duration timeout) {
        NeighbourConfig.Neighbour neighbour = configured.get(name);
        if (neighbour == null) {
            throw new IllegalArgumentException("neighbour " + name + " is not configured");
        }
        return Uni.createFrom()
                .<HttpResponse<Buffer>>emitter(emitter -> {
                    var request = client.requestAbs(method, neighbour.url() + pathAndQuery)
                            .timeout(timeout.toMillis());
                    headers(name).forEach(request::putHeader);
                    headers.forEach(request::putHeader);
                    if (body != null) {
                        request.putHeader("Content-Type", "application/json");
                    }
                    var sent = body == null ? request.send() : request.sendBuffer(body);
                    sent.onSuccess(emitter::complete).onFailure(emitter::fail);
                })
                .invoke(response -> report(name, response.statusCode() < 500, "status " + response.statusCode()))
                .onFailure()
                .invoke(failure -> report(name, false, String.valueOf(failure.getMessage())));
    }

    /** Notes the outcome of a call that was made by other means, such as a stream. */
    public void report(String name, boolean ok, String reason) {
        State state = states.computeIfAbsent(name, ignored -> new State());
        state.up.set(ok ? 1 : 0);
        state.reason = reason;
    }

    Map<String, String> summary() {
        Map<String, String> summary = new TreeMap<>();
        states.forEach((name, state) -> summary.put(
                name, state.up.get() == 1 ? "answers" : state.reason.isEmpty() ? "not called yet" : state.reason));
        return summary;
    }

    private static final class State {
        private final AtomicInteger up = new AtomicInteger();
        private volatile String reason = "";
    }
}
