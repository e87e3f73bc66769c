package io.sluice.lfs;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.testkit.github.RecordedGitHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** GitHub and alerting-service as lfs-tracker sees them; a field of type {@code Peers} of a test is set. */
public final class Peers implements QuarkusTestResourceLifecycleManager {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private volatile int alertingStatus = 200;
    private final List<String> alerts = new CopyOnWriteArrayList<>();
    private @Nullable RecordedGitHub github;
    private @Nullable HttpServer alerting;

    @Override
    public Map<String, String> start() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        RecordedGitHub started = RecordedGitHub.start(
                new RecordedGitHub.Options(anyPort, () -> now, "acme", "github-secret", Set.of(), 100_000));
        github = started;
        HttpServer peer = alerting(anyPort);
        alerting = peer;
        return Map.of(
                "sluice.lfs.github.url",
                started.address().toString(),
                "sluice.neighbours.alerting-service.url",
                "http://127.0.0.1:" + peer.getAddress().getPort(),
                "sluice.neighbours.alerting-service.token",
                "to-alerting");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Peers.class));
    }

    @Override
    public void stop() {
        if (github != null) {
            github.close();
        }
        if (alerting != null) {
            alerting.stop(0);
        }
    }

    public RecordedGitHub github() {
        if (github == null) {
            throw new IllegalStateException("not started");
        }
        return github;
    }

    /** Puts GitHub's clock and the service's to the same moment, and forgets what came before. */
    public void reset(TestClock clock, Instant moment) {
        github().reset();
        alerts.clear();
        alertingStatus = 200;
        at(clock, moment);
    }

    public void at(TestClock clock, Instant moment) {
        now = moment;
        clock.set(moment);
    }

    /** Bodies that alerting-service was sent. */
    public List<String> alerts() {
        return alerts;
    }

    /** What alerting-service answers from now on. */
    public void alertingAnswers(int status) {
        alertingStatus = status;
    }

    private HttpServer alerting(InetSocketAddress address) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext("/api/v2/alerts", exchange -> {
                try (exchange) {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    boolean known = "Bearer to-alerting"
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
                    int status = known ? alertingStatus : 401;
                    if (status == 200) {
                        alerts.add(body);
                    }
                    exchange.sendResponseHeaders(status, -1);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
