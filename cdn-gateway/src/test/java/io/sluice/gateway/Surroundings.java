package io.sluice.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Two edges, an image-worker and a delivery port for a gateway under test; fields {@code @Inject}ed by type are set. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    static final byte[] SECRET =
            "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Surrounding parts = new Surrounding(
            new FakeEdge(), new FakeEdge(), new FakeWorker(), new FakeOptimizer(), new FakeMetrics(), FreePorts.next());

    /** What a test is given. */
    record Surrounding(
            FakeEdge edgeA,
            FakeEdge edgeB,
            FakeWorker worker,
            FakeOptimizer optimizer,
            FakeMetrics metrics,
            int port) {}

    /** Marks the field that is given them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface Given {}

    @Override
    public Map<String, String> start() {
        parts.edgeA().start();
        parts.edgeB().start();
        Map<String, String> config = new HashMap<>();
        config.put("sluice.gateway.cdns.edge-a.url", parts.edgeA().url());
        config.put("sluice.gateway.cdns.edge-b.url", parts.edgeB().url());
        config.put("sluice.gateway.delivery.port", Integer.toString(parts.port()));
        config.put("sluice.gateway.delivery.host", "127.0.0.1");
        config.put("sluice.gateway.health.interval", "PT0.1S");
        config.put("sluice.gateway.health.timeout", "PT0.3S");
        config.put("sluice.gateway.health.slow-start", "PT0S");
        config.put("sluice.gateway.recording.one-in", "1");
        config.put("sluice.gateway.warming.bytes-per-second", "1000000");
        config.put("sluice.gateway.warming.max-attempts", "3");
        config.put("sluice.gateway.warming.backoff", "PT0.1S");
        config.put("sluice.gateway.warming.pause", "PT0.5S");
        config.put("sluice.gateway.warming.probe-after", "PT0.1S");
        config.put("sluice.gateway.warming.schedule-interval", "PT0.3S");
        config.put("sluice.gateway.catalogue.lookup-timeout", "PT0.5S");
        config.put("sluice.gateway.catalogue.unknown-for", "PT1S");
        config.put("sluice.gateway.catalogue.definitions-interval", "PT1S");
        config.put("sluice.neighbours.image-worker.url", parts.worker().url());
        config.put("sluice.neighbours.optimizer-service.url", parts.optimizer().url());
        config.put("sluice.neighbours.metrics-service.url", parts.metrics().url());
        config.put("sluice.gateway.steering.scorecard-interval", "PT0.3S");
        config.put("sluice.gateway.outcomes.hand-on", "PT0.1S");
        config.put("sluice.gateway.outcomes.origins", "https://shop.example");
        config.put("sluice.directives.keys.o1", parts.optimizer().publicKey());
        config.put("sluice.signing.active", "k1");
        config.put("sluice.signing.keys.k1", Base64.getEncoder().encodeToString(SECRET));
        config.put("sluice.gateway.image.presets.thumb.width", "100");
        config.put("sluice.gateway.image.presets.thumb.webp", "50");
        config.put("sluice.gateway.dns.zones.images.zone", "cdn.test");
        config.put("sluice.gateway.dns.zones.images.names", "img,media");
        config.put("sluice.gateway.dns.zones.images.name-servers", "ns1.example.test,ns2.example.test");
        config.put("sluice.gateway.dns.targets.edge-a", "img.a-cdn.test");
        config.put("sluice.gateway.dns.targets.edge-b", "img.b-cdn.test");
        config.put("sluice.database.timeout", "PT1S");
        config.put("quarkus.vertx.max-event-loop-execute-time", "PT0.5S");
        config.put("quarkus.vertx.blocked-thread-check-interval", "PT0.1S");
        try {
            Path folder = Files.createTempDirectory("sluice-gateway");
            config.put("sluice.data.dir", folder.toString());
            // 203.0.113.0/24 and 198.51.100.0/24 are for documentation: RFC 5737.
            Files.writeString(folder.resolve("geoip"), "3325256704,3325256959,US\n3405803776,3405804031,DE\n");
            config.put("sluice.gateway.geo.v4-file", folder.resolve("geoip").toString());
            config.put("sluice.gateway.geo.v6-file", folder.resolve("none").toString());
            config.put("sluice.gateway.geo.trusted-proxies", "127.0.0.0/8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(parts, new TestInjector.AnnotatedAndMatchesType(Given.class, Surrounding.class));
    }

    @Override
    public void stop() {
        parts.edgeA().close();
        parts.edgeB().close();
        parts.worker().close();
        parts.optimizer().close();
        parts.metrics().close();
    }
}
