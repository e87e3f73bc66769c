package io.sluice.image.files;

import io.sluice.image.blob.Blob;
import io.sluice.image.blob.BlobStore;
import io.sluice.image.blob.LocalCopies;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Originals and variants by the SHA-256 of their bytes, in the store, and each as a file on this disk for those who need one.
 * Blocking unless said otherwise; safe from many threads.
 */
@ApplicationScoped
public class BlobFiles {
    private final Path root;
    private final BlobStore store;
    private final LocalCopies copies;

    BlobFiles(DataConfig config, BlobStore store, LocalCopies copies) {
        this.root = config.dir().toAbsolutePath().normalize();
        this.store = store;
        this.copies = copies;
    }

    /** Kinds of objects that are kept apart. */
    public enum Kind {
        /** What was uploaded; never served. */
        ORIGINAL("originals/"),
        /** What is served. */
        VARIANT("variants/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** What the keys of this kind begin with. */
        public String prefix() {
            return prefix;
        }

        /** The key of an object: two levels of folders, then its name. */
        public String key(String sha256) {
            if (sha256.length() != 64) {
                throw new IllegalArgumentException("not a SHA-256 in hex: " + sha256);
            }
            return prefix + sha256.substring(0, 2) + '/' + sha256.substring(2, 4) + '/' + sha256;
        }
    }

    /** The data folder. */
    public Path root() {
        return root;
    }

    /** A file with these bytes, opened within seconds; empty when there is no such object. */
    public Optional<Path> find(Kind kind, String sha256) {
        try {
            Optional<Path> here = store.file(kind.key(sha256));
            return here.isPresent() ? here.filter(Files::isRegularFile) : copies.file(kind.key(sha256), sha256);
        } catch (IOException e) {
            throw StoreFailed.reading(e);
        }
    }

    /**
     * As {@link #find}, of an object that is known to exist.
     *
     * @throws StoreFailed when it does not
     */
    public Path file(Kind kind, String sha256) {
        return find(kind, sha256)
                .orElseThrow(() -> StoreFailed.reading(new NoSuchFileException(kind.key(sha256) + " is gone")));
    }

    /** A file with these bytes when it can be told from memory where it is; never blocks. */
    public Optional<Path> fileAtOnce(Kind kind, String sha256) {
        Optional<Path> here = store.file(kind.key(sha256));
        return here.isPresent() ? here : copies.atOnce(sha256);
    }

    /** Bytes of an object; empty when it does not exist. */
    public OptionalLong size(Kind kind, String sha256) {
        try {
            Optional<Blob> blob = store.find(kind.key(sha256));
            return blob.isPresent() ? OptionalLong.of(blob.get().bytes()) : OptionalLong.empty();
        } catch (IOException e) {
            throw StoreFailed.reading(e);
        }
    }

    /** The folder of temporary files; it may not exist yet. */
    Path temporaries() {
        return root.resolve("tmp");
    }

    /** A fresh temporary file in the data folder's file system, so that it can be renamed into place. */
    public Path temporary() throws IOException {
        Files.createDirectories(temporaries());
        return temporaries().resolve(UUID.randomUUID().toString());
    }

    /** Puts a complete temporary file into the store; it is not there any more afterwards. */
    public void publish(Path temporary, Kind kind, String sha256) throws IOException {
        store.put(kind.key(sha256), temporary, sha256);
        if (store.file(kind.key(sha256)).isEmpty()) {
            copies.adopt(temporary, sha256);
        }
    }

    /** Takes a temporary file away, if it is there. */
    public void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw StoreFailed.writing("a temporary file cannot be removed", e);
        }
    }
}
