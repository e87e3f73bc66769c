package io.sluice.benchmarks;

import io.sluice.benchmarks.Table.Column;
import io.sluice.testkit.http.FreePorts;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The redirect of {@code GET /img/photos/{name}?w=640} beside nginx's {@code return 302}. The gateway runs as packaged; its
 * catalogue comes from a real image-worker, its CDNs are two servers that answer their health checks.
 */
final class GatewayBenchmark {
    private static final int NAMES = 500;
    private static final int WARM_UP_REQUESTS = 500_000;
    private static final int WARM_UP_SECONDS = 5;
    private static final int WARM_UP_SPANS = 8;

    private final Workspace workspace;
    private final Options options;
    private final Path folder;
    private final List<ServerProcess> servers = new ArrayList<>();

    GatewayBenchmark(Workspace workspace, Options options) {
        this.workspace = workspace;
        this.options = options;
        this.folder = workspace.freshRun("gateway");
    }

    /** A server under load. */
    private record Contestant(String name, int port, ServerProcess process, List<Span> spans) {}

    /** What one round of one server came to. */
    private record Span(double requestsPerSecond, double cpuMicros, double p99Millis) {}

    Report run() {
        Map<String, String> machine = Machine.facts();
        List<String> names = IntStream.range(0, NAMES)
                .mapToObj("2026/harbour-%04d.jpg"::formatted)
                .toList();
        Load load = new Load(folder, names.stream().map(WarmGateway::path).toList());
        try (Installation installation = Installation.start(workspace, folder)) {
            try {
                List<Contestant> contestants = start(installation, names);
                contestants.forEach(contestant -> warmUp(load, contestant));
                takeTurns(load, contestants);
                return report(machine, contestants);
            } finally {
                servers.reversed().forEach(ServerProcess::close);
            }
        }
    }

    private void takeTurns(Load load, List<Contestant> contestants) {
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < contestants.size(); i++) {
                measure(load, contestants.get((i + round) % contestants.size()));
            }
            tell(round, contestants);
        }
    }

    private void measure(Load load, Contestant contestant) {
        double before = contestant.process().cpuSeconds();
        Load.Outcome outcome = load.run(contestant.port(), options.seconds());
        double cpu = contestant.process().cpuSeconds() - before;
        contestant
                .spans()
                .add(new Span(
                        outcome.requests() / outcome.seconds(),
                        cpu * 1e6 / outcome.requests(),
                        outcome.p99Micros() / 1000.0));
    }

    /** Until just-in-time compilation is over: it costs several times the work that is measured. */
    private static void warmUp(Load load, Contestant contestant) {
        long requests = 0;
        for (int span = 0; span < WARM_UP_SPANS && requests < WARM_UP_REQUESTS; span++) {
            requests += load.run(contestant.port(), WARM_UP_SECONDS).requests();
        }
    }

    private static void tell(int round, List<Contestant> contestants) {
        System.out.println("gateway: round " + (round + 1) + ", CPU µs/request: "
                + contestants.stream()
                        .map(contestant -> "%s %.2f"
                                .formatted(
                                        contestant.name(),
                                        contestant.spans().get(round).cpuMicros()))
                        .collect(Collectors.joining(", ")));
    }

    private List<Contestant> start(Installation installation, List<String> names) {
        int edgeA = edge("edge-a");
        int edgeB = edge("edge-b");
        Contestant gateway = gateway(installation, names, edgeA, edgeB);
        Contestant plain = nginx("nginx return 302", "", "return 302 http://127.0.0.1:%d/v$uri;".formatted(edgeA));
        Contestant split = nginx(
                "nginx split_clients + return 302",
                "split_clients \"$uri\" $cdn { 50%% http://127.0.0.1:%d; * http://127.0.0.1:%d; }"
                        .formatted(edgeA, edgeB),
                "return 302 $cdn/v$uri;");
        Contestant geo = nginx(
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

    private Contestant nginx(String name, String http, String location) {
        int port = FreePorts.next();
        ServerProcess process = Nginx.start(folder, name.replaceAll("[^a-z0-9]+", "-"), port, http, location, 302);
        servers.add(process);
        return new Contestant(name, port, process, new ArrayList<>());
    }

    private Contestant gateway(Installation installation, List<String> names, int edgeA, int edgeB) {
        int worker = FreePorts.next();
        int delivery = FreePorts.next();
        servers.add(
                installation.imageWorker(worker, PeerPackages.install(workspace).libvips(), Map.of()));
        WarmGateway gateway = new WarmGateway(installation, worker, delivery);
        gateway.seed(Photo.all(workspace.photos()).getFirst(), names);
        ServerProcess process = gateway.start(edgeA, edgeB);
        servers.add(process);
        gateway.awaitCatalogue(names);
        return new Contestant("Sluice cdn-gateway", delivery, process, new ArrayList<>());
    }

    private Report report(Map<String, String> machine, List<Contestant> contestants) {
        Rounds ours = cpu(contestants.getFirst());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Contestant contestant : contestants) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("server", contestant.name());
            row.put("requestsPerSecond", rounds(contestant, Span::requestsPerSecond));
            row.put("cpuMicrosPerRequest", cpu(contestant));
            row.put("sluiceToThis", ours.median() / cpu(contestant).median());
            row.put("p99Millis", rounds(contestant, Span::p99Millis));
            rows.add(row);
        }
        Table table = new Table(
                "GET /img/photos/{name}?w=640, " + NAMES + " names, median (lowest-highest) of " + options.rounds()
                        + " rounds of " + options.seconds() + " s",
                List.of(
                        new Column("server", "server", "%s"),
                        new Column("requestsPerSecond", "requests/s", "%.0f"),
                        new Column("cpuMicrosPerRequest", "CPU µs/request", "%.2f"),
                        new Column("sluiceToThis", "Sluice's CPU to this", "%.2f x"),
                        new Column("p99Millis", "p99 ms", "%.1f")),
                rows);
        return new Report(
                "gateway",
                "What does one redirect cost, beside a server that only redirects?",
                LocalDate.now(ZoneOffset.UTC),
                "./sluice bench gateway --rounds " + options.rounds() + " --seconds " + options.seconds(),
                machine,
                new TreeMap<>(
                        Map.of("nginx", Nginx.version(), "wrk", wrkVersion(), "ranges", GeoRanges.rows() + " of IPv4")),
                notes(),
                List.of(table));
    }

    private static List<String> notes() {
        return List.of(
                "Sluice negotiates the format, snaps the width, looks the name up in its catalogue, picks one of two"
                        + " healthy CDNs, signs the address and adds Link and Vary; nginx return 302 does none of that,"
                        + " split_clients picks one of two by a hash of the path; geo looks the client of X-Forwarded-For up in the same"
                        + " ranges of Debian's tor-geoipdb as Sluice.",
                "CPU is utime + stime of the server's process and its children; it is the figure to compare."
                        + " Requests/s depend on what else the machine does.",
                Tools.canPin()
                        ? "Each server is held to one core, wrk (1 thread, 64 connections kept open) to another; servers"
                                + " take turns, the order changes each round."
                        : "Servers and wrk (1 thread, 64 connections kept open) share the cores; servers take turns, the"
                                + " order changes each round.",
                "Everybody is warmed up with " + WARM_UP_REQUESTS + " requests (at most "
                        + WARM_UP_SPANS * WARM_UP_SECONDS
                        + " s). cdn-gateway runs as packaged, -Xmx256m -XX:+UseSerialGC; nginx has one worker and no access log.");
    }

    private static Rounds cpu(Contestant contestant) {
        return rounds(contestant, Span::cpuMicros);
    }

    private static Rounds rounds(Contestant contestant, Function<Span, Double> figure) {
        return new Rounds(contestant.spans().stream().map(figure).toList());
    }

    private static String wrkVersion() {
        String first = Tools.output(List.of(Tools.require("wrk", "wrk"), "-v"))
                .lines()
                .findFirst()
                .orElse("");
        return first.replaceFirst("^wrk (\\S+).*", "$1");
    }
}
