package io.sluice.image.files;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Files named by the SHA-256 of their bytes, in two levels of folders. A file comes into being whole or not at all: written
 * under a temporary name, forced to disk, renamed, its folder forced. Blocking; safe from many threads.
 */
@ApplicationScoped
public class BlobFiles {
    private final Path root;

    BlobFiles(DataConfig config) {
        this.root = config.dir().toAbsolutePath().normalize();
    }

    /** Kinds of files that are kept apart. */
    public enum Kind {
        /** What was uploaded; never served. */
        ORIGINAL("originals"),
        /** What is served. */
        VARIANT("variants");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }
    }

    /** The data folder. */
    public Path root() {
        return root;
    }

    /** Where a file is, whether it exists or not. */
    public Path path(Kind kind, String sha256) {
        if (sha256.length() != 64) {
            throw new IllegalArgumentException("not a SHA-256 in hex: " + sha256);
        }
        return root.resolve(kind.folder)
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    /** Bytes of a file; empty when it does not exist. */
    public OptionalLong size(Kind kind, String sha256) {
        try {
            return OptionalLong.of(Files.size(path(kind, sha256)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new StoreFailed("the file store cannot be read: " + e.getMessage());
        }
    }

    /** The folder of temporary files; it may not exist yet. */
    Path temporaries() {
        return root.resolve("tmp");
    }

    /** A fresh temporary file in the store's file system, so that it can be renamed into place. */
    public Path temporary() throws IOException {
        Files.createDirectories(temporaries());
        return temporaries().resolve(UUID.randomUUID().toString());
    }

    /**
     * Moves a complete temporary file to its place and forces both to disk.
     *
     * @return whether it is new; a known one is dropped
     */
    public boolean publish(Path temporary, Kind kind, String sha256) throws IOException {
        Path target = path(kind, sha256);
        if (Files.exists(target)) {
            Files.deleteIfExists(temporary);
            return false;
        }
        publish(temporary, target);
        return true;
    }

    /** Moves a complete temporary file to any place in the store and forces both to disk. */
    static void publish(Path temporary, Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("no folder for " + target);
        }
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Takes a temporary file away, if it is there. */
    public void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new StoreFailed("the file store cannot be written: " + e.getMessage());
        }
    }
}
