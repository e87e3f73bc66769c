package io.sluice.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Three CDNs before one origin that can throttle, and an image-worker's change feed; fields of type {@link Parts} are set. */
public final class ThreeEdges implements QuarkusTestResourceLifecycleManager {
    private static final byte[] BODY = "canary\n".getBytes(StandardCharsets.UTF_8);
    private static final AtomicBoolean THROTTLES = new AtomicBoolean();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int originPort = FreePorts.next();
    private final Parts parts = new Parts(
            List.of(new RealEdge(originPort), new RealEdge(originPort), new RealEdge(originPort)),
            new FakeWorker(),
            FreePorts.next());

    @SuppressWarnings("NullAway.Init")
    private HttpServer origin;

    /** What a test is given. */
    record Parts(List<RealEdge> edges, FakeWorker worker, int port) {
        /** Lets the origin refuse everything and say that it throttles. */
        void throttle(boolean now) {
            THROTTLES.set(now);
        }
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        try {
            origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), originPort), 0);
            origin.setExecutor(threads);
            origin.createContext("/v/", ThreeEdges::answer);
            origin.start();
            config.put(
                    "sluice.data.dir",
                    Files.createTempDirectory("sluice-gateway").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int edge = 0; edge < parts.edges().size(); edge++) {
            parts.edges().get(edge).start();
            config.put(
                    "sluice.gateway.cdns.cdn-" + (char) ('a' + edge) + ".url",
                    parts.edges().get(edge).url());
        }
        config.put("sluice.gateway.delivery.port", Integer.toString(parts.port()));
        config.put("sluice.gateway.delivery.host", "127.0.0.1");
        config.put("sluice.gateway.health.interval", "PT0.1S");
        config.put("sluice.gateway.health.timeout", "PT0.5S");
        config.put("sluice.gateway.health.slow-start", "PT4S");
        config.put("sluice.neighbours.image-worker.url", parts.worker().url());
        config.put("sluice.signing.active", "k1");
        config.put("sluice.signing.keys.k1", Base64.getEncoder().encodeToString(Surroundings.SECRET));
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                parts, new TestInjector.AnnotatedAndMatchesType(Surroundings.Given.class, Parts.class));
    }

    @Override
    public void stop() {
        parts.edges().forEach(RealEdge::close);
        parts.worker().close();
        origin.stop(0);
        threads.shutdownNow();
    }

    static void answer(HttpExchange exchange) throws IOException {
        boolean throttles = THROTTLES.get();
        if (throttles) {
            exchange.getResponseHeaders().set("Sluice-Outcome", "throttle");
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.sendResponseHeaders(throttles ? 503 : 200, throttles ? -1 : BODY.length);
        if (!throttles) {
            exchange.getResponseBody().write(BODY);
        }
        exchange.close();
    }
}
