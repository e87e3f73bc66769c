package io.sluice.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What the gateway calls of image-worker: the change feed, and single sources, which can hang, fail or be unreadable. */
final class FakeWorker implements AutoCloseable {
    static final String OID_A = "a".repeat(64);
    static final String OID_B = "b".repeat(64);

    private final int port = FreePorts.next();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<OutputStream> feeds = new CopyOnWriteArrayList<>();
    private final List<String> resumedFrom = new CopyOnWriteArrayList<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private volatile Mode mode = Mode.GOOD;
    private volatile long pauseMillis;

    enum Mode {
        GOOD,
        ERROR,
        GARBAGE,
        RESET
    }

    FakeWorker() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/v1/sources/changes", this::feed);
        server.createContext("/api/v1/sources/", this::source);
        server.createContext("/api/v1/images/", this::source);
        server.createContext("/api/v1/presets", exchange -> send(exchange, 200, """
                {"items":[{"name":"card","width":300,"height":200,"fit":"cover","dpr":1,
                "quality":{"avif":50,"webp":66,"jpeg":70},"operations":{"gravity":"n","wm":"logo"},
                "letters":{"g":"n","m":"0123456789abcdef"}}],"next":null}"""));
        server.createContext("/api/v1/watermarks", exchange -> send(exchange, 200, """
                {"items":[{"name":"logo","id":"0123456789abcdef","oid":"%s","opacity":50,"position":"se",
                "scale":25,"margin":2,"tile":false}],"next":null}""".formatted(OID_A)));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void be(Mode next, long pause) {
        mode = next;
        pauseMillis = pause;
    }

    int lookups() {
        return lookups.get();
    }

    List<String> resumedFrom() {
        return resumedFrom;
    }

    /** Sends a source to everyone who follows. */
    void publish(long seq, String path, String oid, int width, int height, boolean alpha, boolean deleted) {
        String data = source(seq, "photos", path, oid, width, height, alpha, deleted);
        byte[] event = ("event: source\nid: " + seq + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        feeds.removeIf(feed -> !sent(feed, event));
    }

    private static boolean sent(OutputStream feed, byte[] event) {
        try {
            feed.write(event);
            feed.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int followers() {
        return feeds.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void feed(HttpExchange exchange) throws IOException {
        resumedFrom.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write("event: hello\ndata: {\"profiles\":[\"e7\"],\"seq\":1,\"heartbeatSeconds\":10}\n\n"
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        feeds.add(out);
    }

    private void source(HttpExchange exchange) throws IOException {
        lookups.incrementAndGet();
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String path = exchange.getRequestURI().getRawPath();
        switch (mode) {
            case RESET -> exchange.close();
            case ERROR -> send(exchange, 500, "{}");
            case GARBAGE -> send(exchange, 200, "<html>");
            case GOOD -> {
                if (path.equals("/api/v1/images/" + OID_B)) {
                    send(exchange, 200, source(0, "x", "x", OID_B, 3000, 2000, false, false));
                } else if (path.endsWith("/looked-up.jpg") || path.endsWith("/with%20space.jpg")) {
                    send(exchange, 200, source(1, "photos", "x", OID_A, 3000, 2000, false, false));
                } else {
                    send(exchange, 404, "{}");
                }
            }
        }
    }

    private static String source(
            long seq, String collection, String path, String oid, int width, int height, boolean alpha, boolean gone) {
        return """
                {"seq":%d,"collection":"%s","path":"%s","oid":"%s","bytes":1000,"format":"jpeg","width":%d,"height":%d,\
                "alpha":%b,"animated":false,"tags":[],"deleted":%b}""".formatted(seq, collection, path, oid, width, height, alpha, gone);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
