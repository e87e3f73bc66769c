package io.sluice.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A metrics-service that keeps the votes it is sent and tells the scorecard that it is given. */
final class FakeMetrics implements AutoCloseable {
    private static final String EMPTY = "{\"items\":[]}";

    private final List<String> batches = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile String scorecard = EMPTY;
    private volatile boolean away;

    FakeMetrics() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> send(exchange, 404, ""));
        server.createContext("/api/v1/cdn/outcomes", this::take);
        server.createContext("/api/v1/cdn/scorecard", exchange -> send(exchange, 200, scorecard));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All bodies that were taken. */
    String votes() {
        return String.join("\n", batches);
    }

    /** What the scorecard says from now on; without items nobody is judged. */
    void score(String... items) {
        scorecard = "{\"items\":[" + String.join(",", items) + "]}";
    }

    /** Whether batches are answered 503 from now on. */
    void away(boolean value) {
        away = value;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (away) {
            send(exchange, 503, "");
            return;
        }
        batches.add(body);
        send(exchange, 200, "{\"accepted\":1,\"duplicates\":0,\"stale\":0}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
