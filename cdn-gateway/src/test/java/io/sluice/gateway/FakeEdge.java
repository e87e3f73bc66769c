package io.sluice.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A CDN that serves a canary and can be killed, hang, reset connections, answer garbage or pass a throttle on. */
final class FakeEdge implements AutoCloseable {
    private static final String CANARY = "canary\n";
    private static final String CANARY_SHA256 = "3862f5361ca1a8c053364af5b6b2df9b900325487f4f7b3e6cd13d98345848ef";

    private final int port = FreePorts.next();
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;
    private volatile CountDownLatch released = new CountDownLatch(1);
    private volatile Mode mode = Mode.GOOD;

    enum Mode {
        GOOD,
        HANG,
        RESET,
        GARBAGE_BODY,
        ERROR_STATUS,
        THROTTLE
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void be(Mode next) {
        released.countDown();
        released = new CountDownLatch(1);
        mode = next;
        if (server == null) {
            start();
        }
    }

    void start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            threads = Executors.newCachedThreadPool();
            started.setExecutor(threads);
            started.createContext("/v/canary", this::answer);
            started.start();
            server = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        released.countDown();
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (mode) {
            case GOOD -> send(exchange, 200, CANARY);
            case GARBAGE_BODY -> send(exchange, 200, "<html>welcome to this hotel</html>");
            case ERROR_STATUS -> send(exchange, 502, "bad gateway");
            case THROTTLE -> {
                exchange.getResponseHeaders().set("Sluice-Outcome", "throttle");
                send(exchange, 503, "later");
            }
            case RESET -> exchange.close();
            case HANG -> {
                try {
                    released.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", '"' + CANARY_SHA256 + '"');
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
