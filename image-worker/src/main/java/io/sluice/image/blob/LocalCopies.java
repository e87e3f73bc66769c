package io.sluice.image.blob;

import io.sluice.image.transfer.FileDigest;
import io.sluice.platform.clock.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Copies of objects on this disk, for a store that is elsewhere: libvips reads a file, and the socket is fed from one. Held
 * below a size, least recently used first; what was asked for within the last {@link #GRACE} stays, so that its user can open
 * it. Each object is fetched once however many wait for it, and its bytes are checked against its name. Empty after a start.
 */
public final class LocalCopies {
    /** How long a copy stays at least after it was asked for. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final BlobStore store;
    private final Path folder;
    private final long maxBytes;
    private final NanoClock clock;
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Object> fetches = new ConcurrentHashMap<>();
    private long bytes;

    /**
     * @param folder of this process alone; emptied
     * @param maxBytes of all copies together; more only while so much was used within {@link #GRACE}
     */
    public LocalCopies(BlobStore store, Path folder, long maxBytes, NanoClock clock) throws IOException {
        this.store = store;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
        empty();
    }

    private record Copy(long bytes, long usedNanos) {}

    /** The copy, if there is one. Never blocks for the store. */
    public Optional<Path> atOnce(String sha256) {
        return used(sha256) ? Optional.of(path(sha256)) : Optional.empty();
    }

    /**
     * The copy, fetched when there is none; empty when the store has no such object.
     *
     * @param sha256 of its bytes, by which they are checked
     */
    public Optional<Path> file(String key, String sha256) throws IOException {
        Object turn = fetches.computeIfAbsent(sha256, name -> new Object());
        synchronized (turn) {
            try {
                return used(sha256) || fetched(key, sha256) ? Optional.of(path(sha256)) : Optional.empty();
            } finally {
                fetches.remove(sha256, turn);
            }
        }
    }

    /** Takes over a complete file that was just stored. */
    public void adopt(Path complete, String sha256) throws IOException {
        Files.createDirectories(folder);
        Files.move(complete, path(sha256), StandardCopyOption.ATOMIC_MOVE);
        add(sha256, Files.size(path(sha256)));
    }

    /** Size of all copies. */
    public synchronized long bytes() {
        return bytes;
    }

    private boolean fetched(String key, String sha256) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve("." + UUID.randomUUID());
        try {
            if (!store.fetch(key, fresh)) {
                return false;
            }
            if (!FileDigest.sha256(fresh).equals(sha256)) {
                throw new IOException(store.name() + " has other bytes under " + key + " than were put there");
            }
            adopt(fresh, sha256);
            return true;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private synchronized boolean used(String sha256) {
        Copy copy = copies.get(sha256);
        if (copy == null) {
            return false;
        }
        copies.put(sha256, new Copy(copy.bytes(), clock.nanos()));
        return true;
    }

    private synchronized void add(String sha256, long size) throws IOException {
        Copy before = copies.put(sha256, new Copy(size, clock.nanos()));
        bytes += size - (before == null ? 0 : before.bytes());
        Iterator<Map.Entry<String, Copy>> oldest = copies.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Map.Entry<String, Copy> entry = oldest.next();
            if (clock.nanos() - entry.getValue().usedNanos() < GRACE.toNanos()) {
                return;
            }
            Files.deleteIfExists(path(entry.getKey()));
            bytes -= entry.getValue().bytes();
            oldest.remove();
        }
    }

    private Path path(String sha256) {
        return folder.resolve(sha256);
    }

    private void empty() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
