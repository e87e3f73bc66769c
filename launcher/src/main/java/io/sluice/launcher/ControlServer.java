package io.sluice.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * How other commands reach a running launcher: {@code GET /status}, {@code POST /edges/{name}/{kill|start|hang|resume|slow?ms=}},
 * {@code POST /services/{id}/{kill|start}}, {@code POST /postgresql/{stop|start}}. Loopback only, operator token.
 */
final class ControlServer implements AutoCloseable {
    private final HttpServer server;
    private final Suite suite;
    private final Duration startup;

    ControlServer(Suite suite, Duration startup) {
        this.suite = suite;
        this.startup = startup;
        try {
            server = HttpServer.create(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), suite.ports().control()),
                    64);
        } catch (IOException e) {
            throw new Remedy(
                    "The launcher cannot listen on port " + suite.ports().control() + ".", e);
        }
        server.createContext("/_delay", this::delay);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void delay(HttpExchange exchange) throws IOException {
        try (exchange) {
            Thread.sleep(Math.min(10_000, milliseconds(exchange)));
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answered(exchange);
        }
    }

    private void answered(HttpExchange exchange) throws IOException {
        try {
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            if (!("Bearer " + suite.secrets().token("operator")).equals(token)) {
                answer(exchange, 401, Map.of("detail", "This call needs the operator token."));
                return;
            }
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            if (exchange.getRequestMethod().equals("GET") && path.length == 2 && path[1].equals("status")) {
                answer(exchange, 200, status());
                return;
            }
            if (!exchange.getRequestMethod().equals("POST") || path.length < 3) {
                answer(exchange, 404, Map.of("detail", "There is nothing at this path."));
                return;
            }
            act(exchange, path);
            answer(exchange, 200, status());
        } catch (Remedy e) {
            answer(exchange, 400, Map.of("detail", String.valueOf(e.getMessage())));
        }
    }

    private void act(HttpExchange exchange, String[] path) {
        switch (path[1]) {
            case "edges" -> edge(exchange, suite.edge(path[2]), path[3]);
            case "services" -> {
                Service service = Service.of(path[2]);
                switch (path[3]) {
                    case "kill" -> suite.kill(service);
                    case "start" -> suite.start(service);
                    default -> throw new Remedy("A service can be killed or started, not '" + path[3] + "'.");
                }
            }
            case "postgresql" -> {
                if (path[2].equals("stop")) {
                    suite.stopPostgres();
                } else {
                    suite.restartPostgres();
                }
            }
            default -> throw new Remedy("There are edges, services and postgresql, not '" + path[1] + "'.");
        }
    }

    private static void edge(HttpExchange exchange, Edge edge, String action) {
        switch (action) {
            case "kill" -> edge.kill();
            case "start" -> {
                if (!edge.alive()) {
                    edge.start();
                }
            }
            case "hang" -> edge.hang();
            case "resume" -> edge.resume();
            case "slow" -> edge.slow(Duration.ofMillis(milliseconds(exchange)));
            default -> throw new Remedy("An edge takes kill, start, hang, resume and slow, not '" + action + "'.");
        }
    }

    private Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("startupMillis", startup.toMillis());
        status.put("portOffset", suite.ports().offset());
        status.put("pids", suite.pids());
        Map<String, Object> edges = new LinkedHashMap<>();
        suite.edges().forEach((name, edge) -> edges.put(name, Map.of("alive", edge.alive(), "kind", edge.kind())));
        status.put("edges", edges);
        return status;
    }

    private static long milliseconds(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.matches("ms=\\d{1,5}")) {
            throw new Remedy("Say how slow: slow?ms=500, at most 10000.");
        }
        return Long.parseLong(query.substring(3));
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = Api.JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
