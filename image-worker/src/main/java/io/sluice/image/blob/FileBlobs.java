package io.sluice.image.blob;

import io.sluice.contracts.page.Page;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Objects as files below a folder. Written under a temporary name, forced to disk, renamed, the folder forced. */
public final class FileBlobs implements BlobStore {
    private final Path root;
    private final Path temporaries;
    private final InstantSource clock;

    /**
     * @param root the folder; it may not exist yet
     * @param temporaries folder in the same file system for what is not complete
     */
    public FileBlobs(Path root, Path temporaries, InstantSource clock) {
        this.root = root.toAbsolutePath().normalize();
        this.temporaries = temporaries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public void put(String key, Path complete, String sha256) throws IOException {
        Path target = path(key);
        if (renewed(target)) {
            Files.deleteIfExists(complete);
            return;
        }
        publish(complete, target);
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        Files.createDirectories(temporaries);
        Path temporary = temporaries.resolve(UUID.randomUUID().toString());
        try {
            Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW);
            publish(temporary, path(key));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public Optional<Blob> find(String key) throws IOException {
        try {
            return Optional.of(blob(key, path(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Path> file(String key) {
        return Optional.of(path(key));
    }

    @Override
    public boolean fetch(String key, Path target) throws IOException {
        try {
            Files.copy(path(key), target);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public boolean delete(String key) throws IOException {
        return Files.deleteIfExists(path(key));
    }

    @Override
    public Page<Blob> list(String prefix, @Nullable String after, int limit) throws IOException {
        return new FolderWalk(root, after == null ? "" : after, limit).page(prefix);
    }

    static Blob blob(String key, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Blob(key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    private boolean renewed(Path target) throws IOException {
        try {
            Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path path(String key) {
        Path path = root.resolve(key).normalize();
        if (!path.startsWith(root) || path.equals(root)) {
            throw new IllegalArgumentException("not a key: " + key);
        }
        return path;
    }

    private static void publish(Path temporary, Path target) throws IOException {
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
}
