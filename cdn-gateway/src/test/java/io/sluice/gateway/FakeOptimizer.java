package io.sluice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.contracts.directive.DirectiveSignatures;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The optimizer as a receiver sees it: signs directives, streams them, and writes down registrations and acknowledgements. */
final class FakeOptimizer implements AutoCloseable {
    private final int port = FreePorts.next();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KeyPair keys;
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();

    FakeOptimizer() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/v1/workers", this::write);
        server.createContext("/api/v1/directives/stream", this::stream);
        server.createContext("/api/v1/directives", this::none);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** Bodies of registrations and acknowledgements, oldest first. */
    List<String> received() {
        return received;
    }

    int followers() {
        return streams.size();
    }

    /** Sends a directive that caps WebP at quality 40 on every key at the given egress level. */
    void publish(long generation, int level, boolean forged) {
        send(generation, level, forged, false);
    }

    /** Sends a directive that lowers nothing, and pauses warming or not. */
    void pauseWarming(long generation, boolean paused) {
        send(generation, 0, false, paused);
    }

    private void send(long generation, int level, boolean forged, boolean warmingPaused) {
        String payload = """
                {"id":"d%d","scope":"global","epoch":1,"generation":%d,"contentHash":"h%d","issuedAt":"2026-11-21T00:00:00Z",
                "leaseSeconds":60,"onExpiry":"DECAY","audience":["cdn-gateway"],
                "axes":{"egress":%d,"origin":0,"compute":0,"availability":0},
                "mix":{"lower":%d,"upper":%d,"upperFraction":0,"holdbackFraction":0,"salt":"s"},
                "levels":{"2":{"quality":{"webp":40},"formats":["webp"],"maxDimension":256}},
                "cache":{"ttlMultiplier":2,"staleWhileRevalidateSeconds":0,"staleIfErrorSeconds":0,"warmingPaused":%b},
                "throttle":{"rps":1,"burst":1,"retryAfterSeconds":1},
                "disabledFeatures":[],"reason":{"code":"TEST","text":"a test","signals":{}},
                "actor":{"type":"OPERATOR","id":"t"}}""".formatted(generation, generation, generation, level, level, level, warmingPaused);
        SignedDirective signed =
                DirectiveSignatures.seal(payload.getBytes(StandardCharsets.UTF_8), "o1", keys.getPrivate());
        SignedDirective sent =
                forged ? new SignedDirective(signed.protectedHeader(), signed.payload(), "A".repeat(86)) : signed;
        try {
            byte[] event = ("event: directive\ndata: " + new ObjectMapper().writeValueAsString(sent) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            streams.removeIf(stream -> !sent(stream, event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean sent(OutputStream stream, byte[] event) {
        try {
            stream.write(event);
            stream.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void write(HttpExchange exchange) throws IOException {
        received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void none(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(304, -1);
        exchange.close();
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write("event: hello\ndata: {\"epoch\":1,\"heartbeatSeconds\":10,\"leaseSeconds\":60}\n\n"
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        streams.add(out);
    }
}
