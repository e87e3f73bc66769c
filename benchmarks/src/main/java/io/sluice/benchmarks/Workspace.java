package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where things are.
 *
 * @param repository the checkout, built
 * @param data everything a benchmark writes beside its results
 */
record Workspace(Path repository, Path data) {

    static Workspace find() {
        Path repository = Path.of(System.getProperty("sluice.repository", "."))
                .toAbsolutePath()
                .normalize();
        return new Workspace(repository, repository.resolve(".sluice/bench"));
    }

    Path results() {
        return repository.resolve("benchmarks/results");
    }

    Path photos() {
        return repository.resolve("samples/photos");
    }

    /** Folder of the peers' scripts; their packages are installed in {@link #installedPeers}. */
    Path peers() {
        return repository.resolve("benchmarks/peers");
    }

    Path installedPeers() {
        return data.resolve("peers");
    }

    /** A service's packaged application. */
    Path application(String service) {
        Path jar = repository.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new CannotMeasure(service + " is not built: run ./sluice build.");
        }
        return jar;
    }

    /** An empty folder for the servers of one benchmark. */
    Path freshRun(String name) {
        Path folder = data.resolve("run").resolve(name);
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> old = Files.walk(folder)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be emptied", e);
        }
    }
}
