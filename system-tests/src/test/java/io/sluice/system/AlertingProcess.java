package io.sluice.system;

import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The packaged alerting-service, to be killed. */
final class AlertingProcess implements AutoCloseable {
    private final KillableProcess process;

    /** @param settings over those that every test needs; {@code sluice.alerting.webhook.url} for one */
    AlertingProcess(EmbeddedPostgres postgres, Path output, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "sluice.db.port", Integer.toString(postgres.port()),
                "sluice.db.user", "alerting",
                "sluice.db.password", "alerting"));
        all.putAll(settings);
        this.process = new KillableProcess("alerting-service", "/-/ready", output, all);
    }

    /** Starts it and waits until alerts can be kept. */
    void start() {
        process.start();
    }

    /** {@code kill -9}. */
    void kill() {
        process.kill();
    }

    /** Status of {@code POST /api/v2/alerts}; 0: there was no answer. */
    int post(String body) {
        return process.send(HttpRequest.newBuilder(process.uri("/api/v2/alerts"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .map(HttpResponse::statusCode)
                .orElse(0);
    }

    @Override
    public void close() {
        process.close();
    }
}
