package io.sluice.alerting;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.http.WebhookSink;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus whose rule fires and stops firing. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(SinkResource.class)
@SuppressWarnings("NullAway.Init")
class PrometheusTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @TempDir
    Path folder;

    WebhookSink sink;

    @Test
    void a_rule_that_fires_is_listed_and_notified_and_so_is_its_end() throws Exception {
        String program = Programs.path("prometheus", "prometheus");
        configure("vector(1)");
        Process prometheus = start(program);
        try {
            await().atMost(SOON).untilAsserted(() -> assertThat(listed()).contains("\"alertname\":\"ByRule\""));
            assertThat(listed()).contains("\"team\":\"edge\"", "\"cluster\":\"demo\"", "\"summary\":\"value 1\"");
            await().atMost(SOON).until(() -> told("firing"));
            configure("vector(1) < 0");
            Programs.run(List.of("kill", "-HUP", Long.toString(prometheus.pid())));
            await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEqualTo("[]"));
            await().atMost(SOON).until(() -> told("resolved"));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(Files.readString(folder.resolve("log")), e);
        } finally {
            prometheus.destroyForcibly().waitFor();
        }
    }

    private void configure(String expression) throws IOException {
        Files.writeString(folder.resolve("rules.yml"), """
                groups:
                - name: demo
                  interval: 1s
                  rules:
                  - alert: ByRule
                    expr: %s
                    labels: {team: edge, severity: P2}
                    annotations: {summary: 'value {{ $value }}'}
                """.formatted(expression));
        Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  external_labels: {cluster: demo}
                rule_files: [rules.yml]
                alerting:
                  alertmanagers:
                  - static_configs:
                    - targets: ['%s']
                """.formatted(service.getAuthority()));
    }

    /** Sends again after 2 s, not after a minute: what is sent before it has found its Alertmanager is dropped. */
    private Process start(String program) throws IOException {
        return new ProcessBuilder(
                        program,
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + FreePorts.next(),
                        "--rules.alert.resend-delay=2s",
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static String listed() {
        return given().queryParam("filter", "alertname=ByRule")
                .get("/api/v2/alerts")
                .asString();
    }

    private boolean told(String status) {
        return sink.received().stream()
                .anyMatch(one -> one.body().startsWith("{\"receiver\":\"default\",\"status\":\"" + status)
                        && one.body().contains("ByRule"));
    }
}
