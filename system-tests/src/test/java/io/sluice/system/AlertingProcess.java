package io.sluice.system;

import static org.awaitility.Awaitility.await;

import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The packaged alerting-service as a process of its own that can be killed and started again, always on the same port. */
final class AlertingProcess implements AutoCloseable {
    private static final Path JAR =
            SuiteProcess.REPOSITORY.resolve("alerting-service/target/quarkus-app/quarkus-run.jar");
    private static final Duration START = Duration.ofSeconds(60);

    private final Map<String, String> settings = new TreeMap<>();
    private final Path output;
    private final int port = FreePorts.next();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;

    /** @param settings over those that every test needs; {@code sluice.alerting.webhook.url} for one */
    AlertingProcess(EmbeddedPostgres postgres, Path output, Map<String, String> settings) {
        if (!Files.exists(JAR)) {
            throw new AssertionError(JAR + " is not there: ./mvnw package makes it");
        }
        this.output = output;
        this.settings.putAll(Map.of(
                "quarkus.http.port", Integer.toString(port),
                "quarkus.http.host", "127.0.0.1",
                "sluice.db.port", Integer.toString(postgres.port()),
                "sluice.db.user", "alerting",
                "sluice.db.password", "alerting"));
        this.settings.putAll(settings);
    }

    /** Starts it and waits until alerts can be kept. */
    void start() {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        settings.forEach((key, value) -> command.add("-D" + key + '=' + value));
        command.addAll(List.of("-jar", JAR.toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(START).pollInterval(Duration.ofMillis(50)).until(this::ready);
    }

    /** {@code kill -9}. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** Status of {@code POST /api/v2/alerts}; 0: there was no answer. */
    int post(String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        kill();
        http.close();
    }

    private boolean ready() {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready"))) == 200;
    }

    private int send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
