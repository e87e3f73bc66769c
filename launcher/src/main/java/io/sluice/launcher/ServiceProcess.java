package io.sluice.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** How one service is started: small heap, serial collector, first compiler only; made for a laptop, not for measuring. */
final class ServiceProcess {
    private static final int MANY_STARTS = 5;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Layout layout;
    private final Service service;
    private final Path settings;
    private final Deque<Long> starts = new ArrayDeque<>();

    ServiceProcess(Layout layout, Service service, Path settings) {
        this.layout = layout;
        this.service = service;
        this.settings = settings;
    }

    Child start() {
        Path application = layout.application(service);
        if (!Files.exists(application)) {
            throw new Remedy(
                    service.id() + " is not built: run ./mvnw package -DskipTests, or ./sluice up, which does it.");
        }
        synchronized (starts) {
            starts.addLast(System.nanoTime());
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Grows to what it needs; by itself it would start with all of it.
                "-Xms16m",
                "-Xmx" + heap(),
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED"));
        command.add("-Dquarkus.config.locations=" + settings.toUri());
        command.add("-jar");
        command.add(application.toString());
        return Child.start(
                layout,
                service.id(),
                command,
                // Two arenas and early return: what libvips and the JVM have freed goes back to the system.
                Map.of(
                        "MALLOC_ARENA_MAX", "2",
                        "MALLOC_TRIM_THRESHOLD_", "131072",
                        "MALLOC_MMAP_THRESHOLD_", "131072",
                        "VIPS_WARNING", "1"),
                layout.state(service.id()));
    }

    /** Whether it has been started so often that starting it again is pointless. */
    boolean failedAtStart() {
        long since = System.nanoTime() - WINDOW.toNanos();
        synchronized (starts) {
            starts.removeIf(start -> start - since < 0);
            return starts.size() > MANY_STARTS;
        }
    }

    private String heap() {
        return switch (service) {
            case METRICS_SERVICE -> "112m"; // holds a batch of log lines while it counts them
            case IMAGE_WORKER -> "96m";
            case CDN_GATEWAY, ALERTING_SERVICE, LFS_TRACKER, OPTIMIZER_SERVICE -> "64m";
        };
    }
}
