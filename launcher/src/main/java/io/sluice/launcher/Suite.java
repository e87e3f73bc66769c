package io.sluice.launcher;

import io.sluice.testkit.github.RecordedGitHub;
import io.sluice.testkit.http.WebhookSink;
import io.sluice.testkit.libvips.Libvips;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Everything that {@code ./sluice up} starts, and how it is stopped again. */
final class Suite implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(90);

    private final Layout layout;
    private final Ports ports;
    private final Secrets secrets;
    private final Map<Service, Child> services = new ConcurrentHashMap<>();
    private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);
    private final Map<String, Edge> edges = new LinkedHashMap<>();
    private final List<AutoCloseable> inProcess = new ArrayList<>();
    private @Nullable EmbeddedPostgres postgres;
    private volatile boolean closing;

    Suite(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
        this.secrets = Secrets.of(layout);
    }

    /** Starts all; returns when every service is ready and the samples are in. */
    void start() {
        Path libvips = libvips();
        startPostgres();
        startNeighbours();
        for (String name : Edge.NAMES) {
            Optional<Path> nginx = NginxEdge.program();
            Edge edge = nginx.isPresent()
                    ? new NginxEdge(layout, ports, name, nginx.get(), secrets.edgePurge())
                    : new VertxEdge(layout, ports, name, secrets.edgePurge());
            edges.put(name, edge);
            edge.start();
        }
        ServiceSettings settings = new ServiceSettings(layout, ports, secrets, libvips);
        for (Service service : Service.values()) {
            ServiceProcess process = new ServiceProcess(layout, service, settings.write(service));
            processes.put(service, process);
            start(service);
        }
        awaitReady();
        new EdgeAddresses(ports, secrets).tell();
        Seeding.run(layout, ports, secrets, new PhotoOriginClient(ports));
        EdgeLogShipper shipper = new EdgeLogShipper(layout, ports, secrets);
        shipper.start();
        inProcess.add(shipper);
    }

    Ports ports() {
        return ports;
    }

    Secrets secrets() {
        return secrets;
    }

    Edge edge(String name) {
        Edge edge = edges.get(name);
        if (edge == null) {
            throw new Remedy("There is no edge '" + name + "'; there are edge-a and edge-b.");
        }
        return edge;
    }

    /** Starts one service; nothing happens when it runs. */
    void start(Service service) {
        Child running = services.get(service);
        if (running != null && running.alive()) {
            return;
        }
        ServiceProcess process = processes.get(service);
        if (process == null) {
            throw new IllegalStateException(service.id() + " has no settings yet");
        }
        Child child = process.start();
        services.put(service, child);
        child.onExit(() -> restart(service, child));
    }

    /** {@code kill -9} of one service, which stays away until it is started again. */
    void kill(Service service) {
        Child child = services.remove(service);
        if (child != null) {
            child.kill();
        }
    }

    /** Stops PostgreSQL in order; services go on as far as they can. */
    void stopPostgres() {
        if (postgres != null) {
            postgres.stop();
        }
    }

    void restartPostgres() {
        if (postgres != null) {
            postgres.restart();
            notePostgres(postgres);
        }
    }

    /** Name and process ids of everything that runs. */
    Map<String, List<Long>> pids() {
        Map<String, List<Long>> pids = new LinkedHashMap<>();
        pids.put("launcher", List.of(ProcessHandle.current().pid()));
        if (postgres != null) {
            try {
                long postmaster = postgres.pid();
                List<Long> family = new ArrayList<>(List.of(postmaster));
                ProcessHandle.of(postmaster)
                        .ifPresent(handle -> handle.descendants().forEach(child -> family.add(child.pid())));
                pids.put("postgresql", family);
            } catch (IllegalStateException e) {
                pids.put("postgresql", List.of());
            }
        }
        for (Service service : Service.values()) {
            Child child = services.get(service);
            pids.put(service.id(), child == null || !child.alive() ? List.of() : List.of(child.pid()));
        }
        edges.forEach((name, edge) -> pids.put(name, edge.pids()));
        return pids;
    }

    Map<String, Edge> edges() {
        return edges;
    }

    @Override
    public void close() {
        closing = true;
        inProcess.reversed().forEach(Suite::closeQuietly);
        edges.values().forEach(Edge::stop);
        List<Thread> stopping = services.values().stream()
                .map(child -> Thread.ofVirtual().start(() -> child.stop(Duration.ofSeconds(20))))
                .toList();
        stopping.forEach(Suite::join);
        if (postgres != null) {
            postgres.close();
        }
        endDescendants();
        try {
            Files.deleteIfExists(layout.run().resolve("postgresql.pid"));
        } catch (IOException e) {
            throw new Remedy("The note of PostgreSQL's process cannot be removed: " + e.getMessage() + ".", e);
        }
    }

    /** What was still being started when the end came, such as PostgreSQL while it recovers. */
    private static void endDescendants() {
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        left.forEach(ProcessHandle::destroy);
        for (ProcessHandle handle : left) {
            try {
                handle.onExit().get(3, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                handle.destroyForcibly();
            }
        }
    }

    private void restart(Service service, Child ended) {
        if (closing || services.get(service) != ended) {
            return;
        }
        System.out.println(service.id() + " ended by itself (exit " + ended.exitCode()
                + "); starting it again. Its log: " + layout.logs().resolve(service.id() + ".log"));
        start(service);
    }

    private void startPostgres() {
        Path data = layout.postgres();
        boolean fresh = !Files.exists(data);
        if (!fresh && !Files.exists(data.resolve("PG_VERSION"))) {
            throw new Remedy(
                    "The database folder " + data + " is damaged (PG_VERSION is missing): restore it, or remove "
                            + layout.data() + " to start anew.");
        }
        try {
            postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Options(
                    data,
                    ports.postgres(),
                    secrets.databasePassword("postgres"),
                    EmbeddedPostgres.defaultCache(),
                    Map.of("shared_buffers", "8MB", "max_wal_size", "256MB")));
        } catch (EmbeddedPostgres.StartFailed e) {
            throw new Remedy(
                    e.getMessage() + ". Restore the database folder, or remove " + layout.data() + " to start anew.",
                    e);
        }
        notePostgres(postgres);
        postgres.database("sluice");
        for (Service service : Service.values()) {
            postgres.schema("sluice", service.schema(), secrets.databasePassword(service.schema()));
        }
    }

    private void notePostgres(EmbeddedPostgres running) {
        ProcessHandle.of(running.pid())
                .ifPresent(handle -> Child.record(layout.run().resolve("postgresql.pid"), handle));
    }

    private void startNeighbours() {
        inProcess.add(new PhotoOrigin(layout, ports));
        try {
            inProcess.add(RecordedGitHub.start(new RecordedGitHub.Options(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.github()),
                    InstantSource.system(),
                    ServiceSettings.ORGANISATION,
                    ServiceSettings.GITHUB_TOKEN,
                    Set.of(),
                    5_000)));
            inProcess.add(WebhookSink.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.webhookSink()),
                    InstantSource.system()));
        } catch (UncheckedIOException e) {
            throw new Remedy("The recorded GitHub or the webhook sink cannot listen: " + e.getMessage() + ".", e);
        }
    }

    private static Path libvips() {
        try {
            return Libvips.locate();
        } catch (Libvips.NotFound e) {
            throw new Remedy(String.valueOf(e.getMessage()), e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + READY.toNanos();
        Api api = new Api(secrets.token("viewer"));
        for (Service service : Service.values()) {
            while (!ready(api, service)) {
                Child child = services.get(service);
                if (System.nanoTime() > deadline || child == null) {
                    throw new Remedy(service.id() + " did not become ready within " + READY.toSeconds()
                            + " s: its log is " + layout.logs().resolve(service.id() + ".log") + ".");
                }
                ServiceProcess process = processes.get(service);
                if (process != null && process.failedAtStart()) {
                    throw new Remedy(service.id() + " cannot start: its log is "
                            + layout.logs().resolve(service.id() + ".log") + ".");
                }
                pause(50);
            }
        }
    }

    private boolean ready(Api api, Service service) {
        try {
            return api.get("http://127.0.0.1:" + ports.service(service) + "/q/health/ready")
                            .status()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Remedy("Interrupted.");
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            System.err.println("while stopping: " + e.getMessage());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
