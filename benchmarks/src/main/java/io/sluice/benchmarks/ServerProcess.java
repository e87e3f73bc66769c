package io.sluice.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that is measured, or one that it needs. Ends with this JVM. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread endWithUs = new Thread(this::end);

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    static ServerProcess start(String name, Path folder, List<String> command, Map<String, String> environment) {
        Path log = folder.resolve(name + ".log");
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(Path.of("/dev/null").toFile());
            builder.environment().putAll(environment);
            return new ServerProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new CannotMeasure(name + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    double cpuSeconds() {
        return ProcessTimes.cpuSeconds(process.toHandle());
    }

    long peakResidentBytes() {
        return ProcessTimes.peakResidentBytes(process.toHandle());
    }

    /** What is resident now, children included. */
    long residentBytes() {
        return ProcessTimes.residentBytes(process.toHandle());
    }

    /** Bytes of live objects on the heap of a JVM, counted by a full collection that jcmd asks for. */
    long liveHeapBytes() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram = Tools.run(List.of(jcmd, Long.toString(process.pid()), "GC.class_histogram"));
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new CannotMeasure(name + " does not tell its heap."));
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    /** Waits until {@code url} answers {@code status}. */
    ServerProcess awaitAnswer(String url, int status) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                if (!process.isAlive()) {
                    throw new CannotMeasure(name + " ended while starting: its log is " + log + ".");
                }
                if (answers(http, request, status)) {
                    return this;
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
        throw new CannotMeasure(name + " did not answer " + status + " on " + url + " within " + START.toSeconds()
                + " s: its log is " + log + ".");
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(endWithUs);
    }

    private void end() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean answers(HttpClient http, HttpRequest request, int status) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == status;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotMeasure("The benchmark was interrupted.", e);
        }
    }
}
