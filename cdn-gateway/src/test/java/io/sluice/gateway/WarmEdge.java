package io.sluice.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache that keeps what it was asked for; the name of a path says how its origin behaves. */
final class WarmEdge implements AutoCloseable {
    private final int port = FreePorts.next();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> cached = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger troubles = new AtomicInteger();

    WarmEdge() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void holds(String path) {
        cached.add(path);
    }

    /** Methods and addresses, the canary's left out. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals("/v/canary")) {
            send(exchange, 200, 1);
            return;
        }
        requests.add(method + " " + exchange.getRequestURI());
        boolean hit = cached.contains(path);
        exchange.getResponseHeaders().set("Cache-Status", hit ? "edge; hit" : "edge; fwd=uri-miss");
        if (path.contains("throttled") && troubles.getAndIncrement() == 0) {
            exchange.getResponseHeaders().set("Sluice-Outcome", "throttle");
            exchange.getResponseHeaders().set("Retry-After", "1");
            send(exchange, 503, 0);
        } else if (path.contains("deferred") && troubles.getAndIncrement() == 0) {
            send(exchange, 307, 0);
        } else if (path.contains("missing")) {
            send(exchange, 404, 0);
        } else {
            cached.add(path);
            send(exchange, 200, method.equals("HEAD") ? 0 : path.contains("large") ? 500_000 : 100);
        }
    }

    private static void send(HttpExchange exchange, int status, int bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes == 0 ? -1 : bytes);
        exchange.getResponseBody().write(new byte[bytes]);
        exchange.close();
    }
}
