package io.sluice.benchmarks;

import io.sluice.benchmarks.Table.Column;
import io.sluice.testkit.http.FreePorts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The redirect of {@code GET /img/photos/{name}?w=640} beside nginx's {@code return 302}. The gateway runs as packaged; its
 * catalogue comes from a real image-worker, its CDNs are two servers that answer their health checks.
 */
final class GatewayBenchmark {
    private static final int PATHS = 500;
    private static final int WARM_UP_SECONDS = 5;
    private static final String ACCEPT = "image/avif,image/webp,image/*,*/*;q=0.8";

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
        List<String> paths = paths();
        Load load = new Load(folder, paths);
        try (Installation installation = Installation.start(workspace, folder)) {
            List<Contestant> contestants = start(installation, paths);
            contestants.forEach(contestant -> load.run(contestant.port(), WARM_UP_SECONDS));
            for (int round = 0; round < options.rounds(); round++) {
                for (int i = 0; i < contestants.size(); i++) {
                    measure(load, contestants.get((i + round) % contestants.size()));
                }
                tell(round, contestants);
            }
            return report(machine, contestants);
        } finally {
            servers.reversed().forEach(ServerProcess::close);
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

    private static void tell(int round, List<Contestant> contestants) {
        System.out.println("gateway: round " + (round + 1) + ", CPU µs/request: "
                + contestants.stream()
                        .map(contestant -> "%s %.2f"
                                .formatted(
                                        contestant.name(),
                                        contestant.spans().get(round).cpuMicros()))
                        .collect(Collectors.joining(", ")));
    }

    private List<Contestant> start(Installation installation, List<String> paths) {
        int edgeA = edge("edge-a");
        int edgeB = edge("edge-b");
        Contestant gateway = gateway(installation, paths, edgeA, edgeB);
        Contestant plain = nginx("nginx return 302", "", "return 302 http://127.0.0.1:%d/v$uri;".formatted(edgeA));
        Contestant split = nginx(
                "nginx split_clients + return 302",
                "split_clients \"$uri\" $cdn { 50%% http://127.0.0.1:%d; * http://127.0.0.1:%d; }"
                        .formatted(edgeA, edgeB),
                "return 302 $cdn/v$uri;");
        return List.of(gateway, plain, split);
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

    private Contestant gateway(Installation installation, List<String> paths, int edgeA, int edgeB) {
        int worker = FreePorts.next();
        servers.add(
                installation.imageWorker(worker, PeerPackages.install(workspace).libvips(), Map.of()));
        try (Api api = installation.api()) {
            seed(api, worker);
            int delivery = FreePorts.next();
            ServerProcess process =
                    installation.gateway(FreePorts.next(), settings(installation, worker, delivery, edgeA, edgeB));
            servers.add(process);
            awaitCatalogue(api, delivery, paths);
            return new Contestant("Sluice cdn-gateway", delivery, process, new ArrayList<>());
        }
    }

    private static Map<String, String> settings(
            Installation installation, int worker, int delivery, int edgeA, int edgeB) {
        Map<String, String> settings = new TreeMap<>(installation.neighbour("image-worker", worker));
        settings.put("sluice.gateway.delivery.host", "127.0.0.1");
        settings.put("sluice.gateway.delivery.port", Integer.toString(delivery));
        settings.put("sluice.gateway.cdns.edge-a.url", "http://127.0.0.1:" + edgeA);
        settings.put("sluice.gateway.cdns.edge-b.url", "http://127.0.0.1:" + edgeB);
        return settings;
    }

    /** Uploads one photograph and gives it as many names as there are paths. */
    private void seed(Api api, int worker) {
        String base = "http://127.0.0.1:" + worker + "/api/v1/";
        Photo photo = Photo.all(workspace.photos()).getFirst();
        String oid = api.post(base + "images", "image/jpeg", photo.bytes())
                .path("oid")
                .asText();
        for (int i = 0; i < PATHS; i++) {
            api.put(base + "sources/photos/" + fileName(i), Map.of("oid", oid));
        }
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < PATHS; i++) {
            paths.add("/img/photos/" + fileName(i) + "?w=640");
        }
        return paths;
    }

    private static String fileName(int number) {
        return "2026/harbour-%04d.jpg".formatted(number);
    }

    private static void awaitCatalogue(Api api, int delivery, List<String> paths) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        for (String path : paths) {
            while (true) {
                HttpResponse<byte[]> response = api.get("http://127.0.0.1:" + delivery + path, ACCEPT);
                if (response.statusCode() == 302
                        && response.headers().firstValue("Location").orElse("").contains("/v/photos/")) {
                    break;
                }
                if (System.nanoTime() > deadline) {
                    throw new CannotMeasure("The gateway answers " + response.statusCode() + " instead of 302 to "
                            + path + ": see its log in the folder .sluice/bench/run/gateway.");
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
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
                "GET /img/photos/{name}?w=640, " + PATHS + " names, median (lowest-highest) of " + options.rounds()
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
                Map.of("nginx", Nginx.version(), "wrk", wrkVersion()),
                notes(),
                List.of(table));
    }

    private static List<String> notes() {
        return List.of(
                "Sluice negotiates the format, snaps the width, looks the name up in its catalogue, picks one of two"
                        + " healthy CDNs, signs the address and adds Link and Vary; nginx return 302 does none of that,"
                        + " split_clients picks one of two by a hash of the path.",
                "CPU is utime + stime of the server's process and its children; it is the figure to compare."
                        + " Requests/s depend on what else the machine does.",
                Tools.canPin()
                        ? "Each server is held to one core, wrk (1 thread, 64 connections kept open) to another; servers"
                                + " take turns, the order changes each round."
                        : "Servers and wrk (1 thread, 64 connections kept open) share the cores; servers take turns, the"
                                + " order changes each round.",
                "cdn-gateway runs as packaged, -Xmx256m -XX:+UseSerialGC, warmed up for " + WARM_UP_SECONDS
                        + " s; nginx has one worker and no access log.");
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
