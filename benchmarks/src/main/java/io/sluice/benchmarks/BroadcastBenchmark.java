package io.sluice.benchmarks;

import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.sluice.benchmarks.Table.Column;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One change told to many receivers, and acknowledged by all: optimizer-service beside nchan and java-control-plane. */
final class BroadcastBenchmark {
    private static final List<Integer> RECEIVERS = List.of(1_000, 10_000);
    private static final int WARM_UP = 10;
    private static final int MESSAGES_A_ROUND = 5;

    private final Workspace workspace;
    private final Options options;
    private final Path folder;

    BroadcastBenchmark(Workspace workspace, Options options) {
        this.workspace = workspace;
        this.options = options;
        this.folder = workspace.freshRun("broadcast");
    }

    Report run() {
        Map<String, String> machine = Machine.facts();
        machine.put("open files", Integer.toString(Machine.mostOpenFiles()));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        try {
            List<Table> tables =
                    RECEIVERS.stream().map(receivers -> table(vertx, receivers)).toList();
            return new Report(
                    "broadcast",
                    "How soon has everybody a change, and when is that known?",
                    LocalDate.now(ZoneOffset.UTC),
                    "./sluice bench broadcast --rounds " + options.rounds(),
                    machine,
                    versions(),
                    notes(),
                    tables);
        } finally {
            vertx.close();
        }
    }

    private Table table(Vertx vertx, int receivers) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Path run = folder.resolve(Integer.toString(receivers));
        int bytes;
        try (Installation installation = Installation.start(workspace, run);
                SluiceBroadcaster ours = new SluiceBroadcaster(vertx, installation)) {
            rows.add(measure(ours, receivers));
            bytes = ours.frameBytes();
        }
        try (Broadcaster nchan = new NchanBroadcaster(vertx, run, receivers, bytes)) {
            rows.add(measure(nchan, receivers));
        }
        try (Broadcaster xds = new XdsBroadcaster(run, bytes)) {
            rows.add(measure(xds, receivers));
        }
        return new Table(
                receivers + " receivers, " + bytes + " bytes; median (lowest-highest) of "
                        + options.rounds() * MESSAGES_A_ROUND + " messages",
                columns(),
                rows);
    }

    private Map<String, Object> measure(Broadcaster broadcaster, int receivers) {
        ServerProcess process = broadcaster.process();
        long heapEmpty = heap(broadcaster);
        long residentBefore = process.residentBytes();
        broadcaster.prepare(receivers);
        long heapPrepared = heap(broadcaster);
        broadcaster.connect(receivers);
        long heap = heap(broadcaster);
        long resident = process.residentBytes() - residentBefore;
        for (int i = 0; i < WARM_UP; i++) {
            broadcaster.publish();
        }
        double cpu = process.cpuSeconds();
        List<Spread> spreads = new ArrayList<>();
        for (int i = 0; i < options.rounds() * MESSAGES_A_ROUND; i++) {
            spreads.add(broadcaster.publish());
        }
        cpu = process.cpuSeconds() - cpu;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("server", broadcaster.name());
        row.put("issueMillis", rounds(spreads, Spread::issueMillis));
        row.put("p50Millis", rounds(spreads, spread -> spread.millis(0.5)));
        row.put("p99Millis", rounds(spreads, spread -> spread.millis(0.99)));
        row.put("lastMillis", rounds(spreads, spread -> spread.millis(1)));
        row.put(
                "acknowledgedMillis",
                spreads.getFirst().acknowledged() ? rounds(spreads, Spread::acknowledgedMillis) : "cannot");
        row.put("cpuMillis", cpu * 1000 / spreads.size());
        if (broadcaster.onJvm()) {
            row.put("streamHeapKilobytes", (heap - heapPrepared) / 1000.0 / receivers);
            row.put("heapKilobytes", (heap - heapEmpty) / 1000.0 / receivers);
        }
        row.put("residentKilobytes", resident / 1000.0 / receivers);
        System.out.println("broadcast: " + receivers + " receivers, " + row);
        return row;
    }

    private static long heap(Broadcaster broadcaster) {
        return broadcaster.onJvm() ? broadcaster.process().liveHeapBytes() : 0;
    }

    private static Rounds rounds(List<Spread> spreads, Function<Spread, Double> value) {
        return new Rounds(spreads.stream().map(value).toList());
    }

    private static List<Column> columns() {
        return List.of(
                new Column("server", "", "%s"),
                new Column("issueMillis", "request to first receiver, ms", "%.1f"),
                new Column("p50Millis", "half of them, ms", "%.1f"),
                new Column("p99Millis", "99 %, ms", "%.1f"),
                new Column("lastMillis", "all, ms", "%.1f"),
                new Column("acknowledgedMillis", "all acknowledged, ms", "%.1f"),
                new Column("cpuMillis", "CPU ms/message", "%.0f"),
                new Column("streamHeapKilobytes", "heap kB/stream", "%.1f"),
                new Column("heapKilobytes", "heap kB/receiver", "%.1f"),
                new Column("residentKilobytes", "RSS kB/receiver", "%.1f"));
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("optimizer-service", "as in this checkout");
        versions.put("nginx", Nginx.version() + " with Debian's libnginx-mod-nchan");
        String jar = String.valueOf(Path.of(V3DiscoveryServer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getFileName());
        versions.put("java-control-plane", jar.replaceAll("^server-|\\.jar$", ""));
        return versions;
    }

    private static List<String> notes() {
        return List.of(
                "Everything runs on one machine, receivers included; they are one JVM of two event loops that reads frames by hand,"
                        + " so what it costs is the same for nchan and for Sluice. java-control-plane's receivers are gRPC channels.",
                "Times count from the first receiver; what comes before (deciding, signing, storing in PostgreSQL) is the first"
                        + " column. Sluice: POST /api/v1/overrides, a new generation for each message; nchan: POST; java-control-plane:"
                        + " setSnapshot in its process.",
                "Acknowledged: Sluice's receivers have each read 204 for their own POST, which is answered when PostgreSQL has"
                        + " committed it; java-control-plane counts requests with the nonce in memory; nchan has none.",
                "Receivers do not verify the Ed25519 signature: in production each does with a processor of its own.",
                "Each receiver keeps a second connection for its acknowledgements, as far as the limit of open files allows;"
                        + " beyond, receivers share connections. Heap and RSS of a receiver are of both, taken before the first message.",
                "CPU is utime + stime of the server's process; PostgreSQL is not counted. -Xmx512m for optimizer-service (its container image has 160 MB,"
                        + " too little for 10,000 receivers that answer at once), -Xmx1g for java-control-plane.");
    }
}
