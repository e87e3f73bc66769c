package io.sluice.image.blob;

import io.sluice.contracts.page.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects by key. An object comes into being whole or not at all, and is on stable storage when {@code put} returns. Keys are
 * ASCII, segments joined by {@code /}. Every call may block; never for the event loop. Safe from many threads and from many
 * processes. {@link IOException} means that the store does not work just now; its message says what to do.
 */
public interface BlobStore {
    /** Longest object that {@link #read} takes. */
    int SMALL = 64 * 1024;

    /** What to call the store in health and messages: a folder or a bucket's address. */
    String name();

    /**
     * Puts a complete file of the data folder's disk there; a store on that disk moves it away. Putting a key again
     * renews its time, so that a collector that goes by age spares it.
     *
     * @param sha256 of the file's bytes, lower-case hex, which the store may verify
     */
    void put(String key, Path complete, String sha256) throws IOException;

    /**
     * Drops what was begun before a moment and never came to its end, in a store that would keep it for ever; it was never to be
     * seen.
     *
     * @return how many
     */
    default int dropUnfinished(Instant before) throws IOException {
        return 0;
    }

    /** Puts a few bytes there, replacing what was. */
    void put(String key, byte[] bytes) throws IOException;

    /** Size and time; empty when there is none by this key. */
    Optional<Blob> find(String key) throws IOException;

    /** The bytes of a small object; empty when there is none by this key. */
    Optional<byte[]> read(String key) throws IOException;

    /** Where it is (or would be) on this disk; empty when the store is elsewhere. Never blocks. */
    Optional<Path> file(String key);

    /**
     * Copies an object into a file that does not exist yet.
     *
     * @return false when there is none by this key; the file does not exist then
     */
    boolean fetch(String key, Path target) throws IOException;

    /** Takes an object away; false when there was none (a store may not know and say true). */
    boolean delete(String key) throws IOException;

    /**
     * Objects in the order of their keys, bytewise.
     *
     * @param prefix whole segments, ending with {@code /}
     * @param after only keys behind this one: {@code next} of the page before
     * @param limit 1-1000; a page may be shorter although more follow, {@code next} tells
     */
    Page<Blob> list(String prefix, @Nullable String after, int limit) throws IOException;
}
