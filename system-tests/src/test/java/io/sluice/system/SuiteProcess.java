package io.sluice.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./sluice up} as a person would type it, with a data folder and ports of its own. */
final class SuiteProcess implements AutoCloseable {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final int offset;
    private final Process process;
    private final Path output;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private SuiteProcess(Path data, int offset, Process process, Path output) {
        this.data = data;
        this.offset = offset;
        this.process = process;
        this.output = output;
    }

    /** Starts it and waits for its page of addresses. */
    static SuiteProcess up(Path data, int offset) {
        try {
            Files.createDirectories(data);
            Path output = data.resolveSibling(data.getFileName() + ".out");
            Process process = command(data, "up", "--port-offset", Integer.toString(offset))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            SuiteProcess suite = new SuiteProcess(data, offset, process, output);
            suite.awaitPage();
            return suite;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command printed and how it ended. */
    record Outcome(int exitCode, String output) {}

    /** Runs {@code ./sluice ..} to its end. */
    static Outcome run(Path data, Duration patience, String... arguments) {
        try {
            Path output = Files.createTempFile("sluice", ".out");
            Process process = command(data, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("./sluice " + String.join(" ", arguments) + " did not end within "
                        + patience.toSeconds() + " s:\n" + Files.readString(output));
            }
            Outcome outcome = new Outcome(process.exitValue(), Files.readString(output));
            Files.delete(output);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An offset at which every port of the suite was free a moment ago. */
    static int freeOffset() {
        for (int tries = 0; tries < 50; tries++) {
            int offset = 11_000 + Math.floorMod(FreePorts.next(), 5_000);
            if (List.of(8080, 8081, 8082, 8083, 8084, 8085, 8090, 8181, 8182, 8190, 8191, 8192, 8199, 15432).stream()
                    .allMatch(port -> FreePorts.free(offset + port))) {
                return offset;
            }
        }
        throw new AssertionError("no free ports");
    }

    private static ProcessBuilder command(Path data, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(REPOSITORY.resolve("sluice").toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(REPOSITORY.toFile());
        builder.environment().put("SLUICE_HOME", data.toString());
        builder.environment().put("SLUICE_SKIP_BUILD", "true");
        return builder;
    }

    int port(int base) {
        return offset + base;
    }

    int offset() {
        return offset;
    }

    Path data() {
        return data;
    }

    String url(int base, String path) {
        return "http://localhost:" + port(base) + path;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token(String role) {
        try {
            for (String line : Files.readAllLines(data.resolve("tokens"))) {
                if (line.startsWith(role + "=")) {
                    return line.substring(role.length() + 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no token of " + role);
    }

    HttpResponse<byte[]> get(int base, String path, Map<String, String> headers) throws IOException {
        return send("GET", base, path, headers, new byte[0]);
    }

    HttpResponse<byte[]> send(String method, int base, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(base, path)))
                .timeout(Duration.ofSeconds(5))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    JsonNode json(String method, int base, String path, String body) throws IOException {
        HttpResponse<byte[]> response = send(
                method,
                base,
                path,
                Map.of("Authorization", "Bearer " + token("operator"), "Content-Type", "application/json"),
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + response.statusCode() + " "
                    + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    /** Asks the launcher: {@code edges/edge-a/kill}, {@code services/..}, {@code postgresql/stop}. */
    void control(String path) throws IOException {
        json("POST", 8199, "/" + path, "");
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** {@code kill -9} of the launcher alone. */
    void killLauncher() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("./sluice up did not stop within 40 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPage() {
        long deadline = System.nanoTime() + Duration.ofSeconds(150).toNanos();
        while (!output().contains("Ctrl-C stops everything")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new AssertionError("./sluice up did not come up:\n" + output() + logs());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private String logs() {
        StringBuilder text = new StringBuilder();
        try (var files = Files.newDirectoryStream(data.resolve("logs"), "*.log")) {
            for (Path file : files) {
                List<String> lines = Files.readAllLines(file);
                text.append("\n-- ").append(file.getFileName()).append('\n');
                lines.subList(Math.max(0, lines.size() - 25), lines.size())
                        .forEach(line -> text.append(line).append('\n'));
            }
        } catch (IOException e) {
            text.append("no logs: ").append(e.getMessage());
        }
        return text.toString();
    }
}
