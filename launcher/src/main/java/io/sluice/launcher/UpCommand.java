package io.sluice.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code ./sluice up}: starts the suite, prints one page, and stops everything when it is told to. */
final class UpCommand {
    private UpCommand() {}

    static void run(Layout layout, List<String> arguments) {
        Ports ports = new Ports(offset(arguments));
        layout.prepare();
        try (FileChannel channel = FileChannel.open(
                        layout.run().resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            if (!lock.isValid()) {
                throw new Remedy("The data folder " + layout.data() + " cannot be locked.");
            }
            int leftovers = Child.endLeftovers(layout);
            if (leftovers > 0) {
                System.out.println("Ended " + leftovers + " processes that an earlier launcher had left.");
            }
            ports.requireFree();
            Running.write(layout, ports);
            start(layout, ports);
        } catch (IOException e) {
            throw new Remedy("The data folder " + layout.data() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // Answered below.
        }
        throw new Remedy("Sluice is up already from this folder: ./sluice status shows it.");
    }

    private static void start(Layout layout, Ports ports) {
        long begin = System.nanoTime();
        CountDownLatch end = new CountDownLatch(1);
        Suite suite = new Suite(layout, ports);
        Thread stopper = new Thread(() -> {
            suite.close();
            end.countDown();
        });
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            suite.start();
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(stopper);
            suite.close();
            throw e instanceof Remedy ? e : new Remedy("The suite could not be started: " + e.getMessage() + ".", e);
        }
        Duration startup = Duration.ofNanos(System.nanoTime() - begin);
        ControlServer control = new ControlServer(suite, startup);
        try {
            System.out.println(page(layout, ports, suite, startup));
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            control.close();
        }
    }

    private static int offset(List<String> arguments) {
        if (arguments.isEmpty()) {
            return 0;
        }
        if (arguments.size() == 2 && arguments.getFirst().equals("--port-offset")) {
            try {
                return Integer.parseInt(arguments.get(1));
            } catch (NumberFormatException e) {
                throw new Remedy("--port-offset takes a whole number, was '" + arguments.get(1) + "'.", e);
            }
        }
        throw new Remedy("./sluice up takes --port-offset N and nothing else.");
    }

    private static String page(Layout layout, Ports ports, Suite suite, Duration startup) {
        Path data = layout.data().startsWith(layout.repository())
                ? layout.repository().relativize(layout.data())
                : layout.data();
        return """

                Sluice is up (%.1f s).

                  images       http://localhost:%d/img/photos/sunset.jpg?w=640
                  gateway      http://localhost:%d   image-worker  http://localhost:%d
                  metrics      http://localhost:%d   alerting      http://localhost:%d
                  lfs-tracker  http://localhost:%d   optimizer     http://localhost:%d
                  edges        http://localhost:%d (edge-a), http://localhost:%d (edge-b): %s
                  photo origin http://localhost:%d   recorded GitHub http://localhost:%d   webhook sink http://localhost:%d/received
                  each service: /q/health, /q/metrics, /q/openapi
                  tokens       %s    logs  %s

                Try:
                  curl -sL -H 'Accept: image/webp' -o sunset.webp 'http://localhost:%d/img/photos/sunset.jpg?w=640'
                  ./sluice demo
                  ./sluice status

                Ctrl-C stops everything.""".formatted(
                        startup.toMillis() / 1000.0,
                        ports.delivery(),
                        ports.service(Service.CDN_GATEWAY),
                        ports.service(Service.IMAGE_WORKER),
                        ports.service(Service.METRICS_SERVICE),
                        ports.service(Service.ALERTING_SERVICE),
                        ports.service(Service.LFS_TRACKER),
                        ports.service(Service.OPTIMIZER_SERVICE),
                        ports.edge("edge-a"),
                        ports.edge("edge-b"),
                        suite.edge("edge-a").kind(),
                        ports.photoOrigin(),
                        ports.github(),
                        ports.webhookSink(),
                        data.resolve("tokens"),
                        data.resolve("logs"),
                        ports.delivery());
    }
}
