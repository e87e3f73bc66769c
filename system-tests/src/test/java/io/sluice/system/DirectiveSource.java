package io.sluice.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.contracts.directive.DirectiveSignatures;
import io.sluice.contracts.directive.SignedDirective;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Optimizer-service as a receiver sees it, as far as directives come and go. */
final class DirectiveSource implements AutoCloseable {
    private final KeyPair keys;
    private final HttpServer server;
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicLong generation = new AtomicLong();
    private volatile String newest = "";

    DirectiveSource() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** For {@code sluice.directives.keys.d1}. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** Caps WebP and JPEG for every key, or lifts the cap; the newest state is what a receiver finds when it comes back. */
    void change(boolean capped) {
        int level = capped ? 2 : 0;
        long next = generation.incrementAndGet();
        String payload = """
                {"id":"d%d","scope":"global","epoch":1,"generation":%d,"contentHash":"h%d","issuedAt":"2026-01-01T00:00:00Z",
                "leaseSeconds":3600,"onExpiry":"DECAY","audience":["image-worker"],
                "axes":{"egress":%d,"origin":0,"compute":0,"availability":0},
                "mix":{"lower":%d,"upper":%d,"upperFraction":0,"holdbackFraction":0,"salt":"s"},
                "levels":{"1":{"quality":{"webp":50,"jpeg":45},"formats":[]},"2":{"quality":{"webp":50,"jpeg":45},"formats":[]}},
                "disabledFeatures":[],"reason":{"code":"TEST","text":"a test","signals":{}},
                "actor":{"type":"OPERATOR","id":"test"}}""".formatted(next, next, next, level, level, level);
        SignedDirective signed =
                DirectiveSignatures.seal(payload.getBytes(StandardCharsets.UTF_8), "d1", keys.getPrivate());
        newest = "{\"protectedHeader\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
                .formatted(signed.protectedHeader(), signed.payload(), signed.signature());
        emit("directive", newest);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void emit(String name, String data) {
        byte[] event = ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        streams.forEach(stream -> {
            try {
                stream.write(event);
                stream.flush();
            } catch (IOException e) {
                streams.remove(stream);
            }
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/stream")) {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            streams.add(exchange.getResponseBody());
            emit("hello", "{\"epoch\":1,\"heartbeatSeconds\":10,\"leaseSeconds\":3600}");
            return;
        }
        exchange.getRequestBody().readAllBytes();
        byte[] body = (path.equals("/api/v1/directives")
                        ? "{\"epoch\":1,\"digest\":\"\",\"items\":[" + newest + "]}"
                        : "{}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
