package io.sluice.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An edge for machines without nginx: {@link VertxEdgeProcess} in a process of its own. */
final class VertxEdge implements Edge {
    private final Layout layout;
    private final Ports ports;
    private final String name;
    private @Nullable Child child;
    private Duration delay = Duration.ZERO;

    VertxEdge(Layout layout, Ports ports, String name) {
        this.layout = layout;
        this.ports = ports;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        String classpath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        child = Child.start(
                layout,
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classpath,
                        VertxEdgeProcess.class.getName(),
                        name,
                        Integer.toString(ports.edge(name)),
                        Integer.toString(ports.service(Service.IMAGE_WORKER)),
                        NginxEdge.accessLog(layout, name).toString(),
                        Long.toString(delay.toMillis())),
                Map.of(),
                layout.state(name));
    }

    @Override
    public void stop() {
        if (child != null) {
            child.stop(Duration.ofSeconds(5));
            child = null;
        }
    }

    @Override
    public void kill() {
        if (child != null) {
            child.kill();
            child = null;
        }
    }

    @Override
    public void hang() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public void slow(Duration added) {
        delay = added;
        if (child != null) {
            stop();
            start();
        }
    }

    @Override
    public boolean alive() {
        return child != null && child.alive();
    }

    @Override
    public List<Long> pids() {
        return child == null ? List.of() : List.of(child.pid());
    }

    @Override
    public String kind() {
        return "Vert.x HTTP proxy (install nginx for the real thing)";
    }

    private void signal(String signal) {
        for (long pid : pids()) {
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor(5, TimeUnit.SECONDS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
