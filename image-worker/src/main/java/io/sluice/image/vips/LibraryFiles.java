package io.sluice.image.vips;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds libvips where systems put it. */
final class LibraryFiles {
    private static final String NAME = "libvips.so.42";
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/local/lib"),
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/usr/lib/aarch64-linux-gnu"),
            Path.of("/usr/lib64"),
            Path.of("/usr/lib"),
            Path.of("/opt/sluice/lib"));

    private LibraryFiles() {}

    /** The configured file, else the first one found; empty when there is none. */
    static Optional<Path> find(Optional<Path> configured) {
        if (configured.isPresent()) {
            return configured.filter(Files::isRegularFile);
        }
        return FOLDERS.stream()
                .map(folder -> folder.resolve(NAME))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
