package io.sluice.benchmarks;

import io.sluice.benchmarks.UnderLoad.Server;
import io.sluice.testkit.http.FreePorts;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The redirect of {@code GET /img/photos/{name}?w=640} beside nginx's {@code return 302}. The gateway runs as packaged; its
 * catalogue comes from a real image-worker, its CDNs are two servers that answer their health checks.
 */
final class GatewayBenchmark {
    private static final int NAMES = 500;

    private final Workspace workspace;
    private final Options options;
    private final Path folder;
    private final List<ServerProcess> servers = new ArrayList<>();

    GatewayBenchmark(Workspace workspace, Options options) {
        this.workspace = workspace;
        this.options = options;
        this.folder = workspace.freshRun("gateway");
    }

    Report run() {
        Map<String, String> machine = Machine.facts();
        List<String> names = IntStream.range(0, NAMES)
                .mapToObj("2026/harbour-%04d.jpg"::formatted)
                .toList();
        Load load = new Load(folder, names.stream().map(WarmGateway::path).toList());
        try (Installation installation = Installation.start(workspace, folder)) {
            try {
                return report(
                        machine,
                        new UnderLoad("gateway", load, options, start(installation, names))
                                .table("GET /img/photos/{name}?w=640, " + NAMES + " names"));
            } finally {
                servers.reversed().forEach(ServerProcess::close);
            }
        }
    }

    private List<Server> start(Installation installation, List<String> names) {
        int edgeA = edge("edge-a");
        int edgeB = edge("edge-b");
        Server gateway = gateway(installation, names, edgeA, edgeB);
        Server plain = nginx("nginx return 302", "", "return 302 http://127.0.0.1:%d/v$uri;".formatted(edgeA));
        Server split = nginx(
                "nginx split_clients + return 302",
                "split_clients \"$uri\" $cdn { 50%% http://127.0.0.1:%d; * http://127.0.0.1:%d; }"
                        .formatted(edgeA, edgeB),
                "return 302 $cdn/v$uri;");
        Server geo = nginx(
                "nginx geo + split_clients + return 302",
                GeoRanges.nginx(folder, edgeA, edgeB),
                "return 302 $cdn/v$uri;");
        return List.of(gateway, plain, split, geo);
    }

    private int edge(String name) {
        int port = FreePorts.next();
        servers.add(Nginx.start(folder, name, port, "", "return 200 ok;", 200));
        return port;
    }

    private Server nginx(String name, String http, String location) {
        int port = FreePorts.next();
        ServerProcess process = Nginx.start(folder, name.replaceAll("[^a-z0-9]+", "-"), port, http, location, 302);
        servers.add(process);
        return new Server(name, port, process);
    }

    private Server gateway(Installation installation, List<String> names, int edgeA, int edgeB) {
        int worker = FreePorts.next();
        int delivery = FreePorts.next();
        servers.add(
                installation.imageWorker(worker, PeerPackages.install(workspace).libvips(), Map.of()));
        WarmGateway gateway = new WarmGateway(installation, worker, delivery);
        gateway.seed(Photo.all(workspace.photos()).getFirst(), names);
        ServerProcess process = gateway.start(edgeA, edgeB);
        servers.add(process);
        gateway.awaitCatalogue(names);
        return new Server("Sluice cdn-gateway", delivery, process);
    }

    private Report report(Map<String, String> machine, Table table) {
        return new Report(
                "gateway",
                "What does one redirect cost, beside a server that only redirects?",
                LocalDate.now(ZoneOffset.UTC),
                "./sluice bench gateway --rounds " + options.rounds() + " --seconds " + options.seconds(),
                machine,
                new TreeMap<>(Map.of(
                        "nginx",
                        Nginx.version(),
                        "wrk",
                        UnderLoad.wrkVersion(),
                        "ranges",
                        GeoRanges.rows() + " of IPv4")),
                notes(),
                List.of(table));
    }

    private static List<String> notes() {
        List<String> notes = new ArrayList<>(UnderLoad.notes());
        notes.addFirst(
                "Sluice negotiates the format, snaps the width, looks the name up in its catalogue, picks one of two"
                        + " healthy CDNs, signs the address and adds Link and Vary; nginx return 302 does none of that,"
                        + " split_clients picks one of two by a hash of the path; geo looks the client of X-Forwarded-For up in the same"
                        + " ranges of Debian's tor-geoipdb as Sluice.");
        notes.add("cdn-gateway runs as packaged, -Xmx256m -XX:+UseSerialGC; nginx has one worker and no access log.");
        return notes;
    }
}
