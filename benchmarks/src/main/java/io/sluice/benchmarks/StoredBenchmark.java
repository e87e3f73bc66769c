package io.sluice.benchmarks;

import io.sluice.benchmarks.UnderLoad.Server;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A variant that is stored, from image-worker and from nginx as a plain file: what an edge's miss costs once it was made. */
final class StoredBenchmark {
    private static final Task WEBP = new Task("webp", 1024, 80);

    private final Workspace workspace;
    private final Options options;
    private final Path folder;

    StoredBenchmark(Workspace workspace, Options options) {
        this.workspace = workspace;
        this.options = options;
        this.folder = workspace.freshRun("stored");
    }

    Report run() {
        Map<String, String> machine = Machine.facts();
        List<Photo> photos = Photo.all(workspace.photos());
        try (Installation installation = Installation.start(workspace, folder);
                SluiceConverter worker = new SluiceConverter(
                        installation, PeerPackages.install(workspace).libvips(), photos.getFirst())) {
            Path root = folder.resolve("static");
            List<String> paths = store(worker, photos, root);
            int port = FreePorts.next();
            Nginx.Setup files = new Nginx.Setup(
                    port,
                    "",
                    1024,
                    "",
                    "location = / { return 204; } location /v/ { root " + root + "; sendfile on; }");
            try (ServerProcess nginx = Nginx.start(folder, "nginx-files", files, 204)) {
                Table table = new UnderLoad(
                                "stored",
                                new Load(folder, paths),
                                options,
                                List.of(
                                        new Server("Sluice image-worker", worker.port(), worker.process()),
                                        new Server("nginx, files", port, nginx)))
                        .table("GET of " + paths.size() + " stored WebP 1024, " + bytes(root) / paths.size() / 1000
                                + " kB on the average");
                return report(machine, table);
            }
        }
    }

    /** Has the variants made, and puts the same bytes where nginx finds them under the same paths. */
    private static List<String> store(SluiceConverter worker, List<Photo> photos, Path root) {
        worker.prepare(photos);
        worker.convert(photos, WEBP, Optional.of(made(root)));
        List<String> paths = new ArrayList<>();
        for (Photo photo : photos) {
            String signed = worker.signedPath(photo, WEBP);
            Path target = root.resolve(signed.substring(1, signed.indexOf('?')));
            try {
                Files.createDirectories(target.getParent());
                Files.move(made(root).resolve(photo.name()), target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            paths.add(signed);
        }
        return paths;
    }

    private static Path made(Path root) {
        try {
            return Files.createDirectories(root.resolve("made"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytes(Path root) {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report report(Map<String, String> machine, Table table) {
        List<String> notes = new ArrayList<>(UnderLoad.notes());
        notes.addFirst(
                "image-worker checks the signature, the directive in force and the index, and counts the use; nginx sends a file"
                        + " of the same bytes by sendfile.");
        notes.add(
                "image-worker runs with -Xms32m -Xmn12m -Xmx96m -XX:+UseSerialGC as in its container image, not held to a core;"
                        + " nginx has one worker and no access log.");
        return new Report(
                "stored",
                "What does a variant cost that is stored, beside a file server?",
                LocalDate.now(ZoneOffset.UTC),
                "./sluice bench stored --rounds " + options.rounds() + " --seconds " + options.seconds(),
                machine,
                new TreeMap<>(Map.of("nginx", Nginx.version(), "wrk", UnderLoad.wrkVersion())),
                notes,
                List.of(table));
    }
}
