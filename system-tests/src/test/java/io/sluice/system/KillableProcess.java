package io.sluice.system;

import static org.awaitility.Awaitility.await;

import io.sluice.testkit.http.FreePorts;
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
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A packaged service as a process of its own that can be killed and started again, always on the same port. */
final class KillableProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Path jar;
    private final String readyPath;
    private final Map<String, String> settings = new TreeMap<>();
    private final Path output;
    private final int port = FreePorts.next();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;

    /**
     * @param module of the service
     * @param readyPath answers 200 once calls are taken
     * @param output where its log goes
     */
    KillableProcess(String module, String readyPath, Path output, Map<String, String> settings) {
        this.jar = SuiteProcess.REPOSITORY.resolve(module + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " is not there: ./mvnw package makes it");
        }
        this.readyPath = readyPath;
        this.output = output;
        this.settings.put("quarkus.http.port", Integer.toString(port));
        this.settings.put("quarkus.http.host", "127.0.0.1");
        this.settings.putAll(settings);
    }

    /** Starts it and waits until it takes calls. */
    void start() {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        settings.forEach((key, value) -> command.add("-D" + key + '=' + value));
        command.addAll(List.of("-jar", jar.toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> send(HttpRequest.newBuilder(uri(readyPath)))
                        .filter(answer -> answer.statusCode() == 200)
                        .isPresent());
    }

    /** {@code kill -9}. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** {@code kill -STOP} and {@code kill -CONT}: a process that hangs, and comes back as if nothing had happened. */
    void signal(String name) {
        if (process == null) {
            throw new AssertionError("it was not started");
        }
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The whole answer; empty when there was none, or it broke off. */
    Optional<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        try {
            return Optional.of(http.send(
                    request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
        http.close();
    }
}
