package io.sluice.launcher;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An edge for machines without nginx: {@link VertxEdgeProcess} in a process of its own. */
final class VertxEdge extends ProcessEdge {
    private final Layout layout;
    private final Ports ports;
    private final String purgeSecret;

    /** @param purgeSecret with it a {@code PURGE} drops what is cached */
    VertxEdge(Layout layout, Ports ports, String name, String purgeSecret) {
        super(name);
        this.purgeSecret = purgeSecret;
        this.layout = layout;
        this.ports = ports;
    }

    @Override
    Child launch(Duration delay) {
        String classpath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return Child.start(
                layout,
                name(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classpath,
                        VertxEdgeProcess.class.getName(),
                        name(),
                        Integer.toString(ports.edge(name())),
                        Integer.toString(ports.service(Service.IMAGE_WORKER)),
                        NginxEdge.accessLog(layout, name()).toString(),
                        Long.toString(delay.toMillis())),
                Map.of(VertxEdgeProcess.PURGE_SECRET, purgeSecret),
                layout.state(name()));
    }

    @Override
    public String kind() {
        return "Vert.x HTTP proxy (install nginx for the real thing)";
    }
}
