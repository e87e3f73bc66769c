package io.sluice.testkit.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A destination for webhooks that remembers what it got and can be told to misbehave. {@code POST} to any path is taken down;
 * {@code GET /received} answers all of it as a JSON list.
 */
public final class WebhookSink implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Step> script = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final InstantSource clock;
    private volatile Behaviour otherwise = new Behaviour.Answer(200, null);

    /** How one request is answered. */
    public sealed interface Behaviour {
        /** With a status and, when given, {@code Retry-After} in seconds. */
        record Answer(int status, @Nullable String retryAfter) implements Behaviour {}

        /** Not at all, until the sink is closed. */
        record Hang() implements Behaviour {}

        /** The connection is cut. */
        record Reset() implements Behaviour {}
    }

    /**
     * A request as it came.
     *
     * @param status what it was answered; 0: nothing
     */
    public record Received(Instant at, String path, Map<String, String> headers, String body, int status) {}

    private record Step(String text, Behaviour behaviour) {}

    private WebhookSink(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /** Listens on {@code address}; port 0 takes a free one. */
    public static WebhookSink start(InetSocketAddress address, InstantSource clock) {
        try {
            WebhookSink sink = new WebhookSink(HttpServer.create(address, 0), clock);
            sink.server.setExecutor(sink.threads);
            sink.server.createContext("/", sink::handle);
            sink.server.start();
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException("the webhook sink cannot listen on " + address, e);
        }
    }

    /** Base address. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything that came, oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Forgets what came and behaves well again. */
    public void reset() {
        synchronized (script) {
            script.clear();
        }
        otherwise = new Behaviour.Answer(200, null);
        received.clear();
    }

    /** The next requests whose body holds {@code text} are answered so, one after the other; those behind them as always. */
    public void next(String text, Behaviour... behaviours) {
        synchronized (script) {
            for (Behaviour behaviour : behaviours) {
                script.add(new Step(text, behaviour));
            }
        }
    }

    /** All requests that are not scripted are answered so. */
    public void always(Behaviour behaviour) {
        otherwise = behaviour;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 200, list());
            return;
        }
        Behaviour behaviour = behaviour(body);
        int status = behaviour instanceof Behaviour.Answer answer ? answer.status() : 0;
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        received.add(new Received(clock.instant(), exchange.getRequestURI().getPath(), headers, body, status));
        switch (behaviour) {
            case Behaviour.Answer answer -> {
                if (answer.retryAfter() != null) {
                    exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
                }
                answer(exchange, answer.status(), "");
            }
            case Behaviour.Hang hang -> hang();
            case Behaviour.Reset reset -> exchange.close();
        }
    }

    private Behaviour behaviour(String body) {
        synchronized (script) {
            for (Step step : script) {
                if (body.contains(step.text())) {
                    script.remove(step);
                    return step.behaviour();
                }
            }
            return otherwise;
        }
    }

    private void hang() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String list() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Received one : received) {
            all.add(Map.of("at", one.at().toString(), "path", one.path(), "body", one.body(), "status", one.status()));
        }
        try {
            return new ObjectMapper().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
