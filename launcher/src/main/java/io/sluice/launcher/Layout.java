package io.sluice.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where things are.
 *
 * @param repository the checkout
 * @param data everything the suite writes; {@code .sluice} in the checkout unless {@code SLUICE_HOME} says otherwise
 */
record Layout(Path repository, Path data) {

    static Layout find() {
        String repository = System.getProperty("sluice.repository", ".");
        String data = System.getenv("SLUICE_HOME");
        Path root = Path.of(repository).toAbsolutePath().normalize();
        return new Layout(
                root, data == null ? root.resolve(".sluice") : Path.of(data).toAbsolutePath());
    }

    Path run() {
        return data.resolve("run");
    }

    Path conf() {
        return data.resolve("conf");
    }

    Path logs() {
        return data.resolve("logs");
    }

    Path tokens() {
        return data.resolve("tokens");
    }

    Path postgres() {
        return data.resolve("postgresql/data");
    }

    Path state(String name) {
        return data.resolve("state").resolve(name);
    }

    Path photos() {
        return repository.resolve("samples/photos");
    }

    Path application(Service service) {
        return repository.resolve(service.id()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Makes the folders; only the owner may read them. */
    void prepare() {
        try {
            for (Path folder : new Path[] {
                data, run(), conf(), logs(), data.resolve("state"), postgres().getParent()
            }) {
                Files.createDirectories(folder);
            }
            Files.setPosixFilePermissions(conf(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new Remedy(
                    "The data folder " + data + " cannot be written (" + e.getMessage()
                            + "): free it, or set SLUICE_HOME to another one.",
                    e);
        }
    }

    /** Writes a file that only the owner may read. */
    static void writePrivate(Path file, String content) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
