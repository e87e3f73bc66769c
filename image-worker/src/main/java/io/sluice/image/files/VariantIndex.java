package io.sluice.image.files;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.contracts.page.Page;
import io.sluice.image.blob.Blob;
import io.sluice.image.blob.BlobStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which stored bytes an address stands for: one small object per address below a prefix per source, so that serving needs no
 * database; what was read once is kept in memory. Collections share entries, for they do not change the bytes.
 */
@ApplicationScoped
public class VariantIndex {
    /** What the keys of all entries begin with; then come two digits of the oid, the oid, and recipe and format. */
    public static final String PREFIX = "index/";

    private static final int KEPT = 50_000;
    private static final int PAGE = 1_000;

    private final BlobStore store;
    private final Map<String, Entry> kept = new ConcurrentHashMap<>();
    private final Object[] publishing = Stream.generate(Object::new).limit(64).toArray();

    VariantIndex(BlobStore store) {
        this.store = store;
    }

    /** What stands behind an address. */
    public sealed interface Entry {
        /**
         * Bytes of their own.
         *
         * @param sha256 of the bytes, in hex: their name in the store and their ETag
         * @param bytes how many
         * @param base width of the picture that they were shrunk from, of the largest of a set; 0: the source itself. Bytes
         *     that are gone are made anew from the same picture, and so are the same.
         */
        record Stored(String sha256, long bytes, int base) implements Entry {}

        /**
         * Nothing would be gained over the source: the address of the source's own pixels answers for it.
         *
         * @param format of that address
         */
        record SameAsOriginal(ImageFormat format) implements Entry {}
    }

    /** What is known in memory; never blocks. */
    public Optional<Entry> remembered(VariantAddress address) {
        return Optional.ofNullable(kept.get(name(address)));
    }

    /** What is known at all; asks the store. */
    public Optional<Entry> find(VariantAddress address) {
        Entry known = kept.get(name(address));
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Optional<Entry> entry = read(key(address));
            if (entry.isEmpty() || (entry.get() instanceof Entry.Stored stored && missing(stored))) {
                return Optional.empty();
            }
            keep(address, entry.get());
            return entry;
        } catch (IOException e) {
            throw StoreFailed.reading(e);
        }
    }

    /** The entry of bytes that may be gone: how they were made. Asks the store. */
    public Optional<Entry.Stored> former(VariantAddress address) {
        try {
            return read(key(address))
                    .flatMap(entry -> entry instanceof Entry.Stored stored ? Optional.of(stored) : Optional.empty());
        } catch (IOException e) {
            throw StoreFailed.reading(e);
        }
    }

    /**
     * Publishes an entry, unless there is one; the bytes it names must be in the store.
     *
     * @return the entry that stands
     */
    public Entry publish(VariantAddress address, Entry entry) throws IOException {
        synchronized (publishing[Math.floorMod(name(address).hashCode(), publishing.length)]) {
            Optional<Entry> first = find(address);
            if (first.isPresent()) {
                return first.get();
            }
            String text = switch (entry) {
                case Entry.Stored stored ->
                    "stored " + stored.sha256() + ' ' + stored.bytes() + (stored.base() > 0 ? " " + stored.base() : "");
                case Entry.SameAsOriginal same -> "original " + same.format().extension();
            };
            store.put(key(address), (text + '\n').getBytes(StandardCharsets.US_ASCII));
            keep(address, entry);
            return entry;
        }
    }

    /** Every stored variant of a source, under the collection and format rules of {@code like}; asks the store. */
    public List<VariantAddress> variantsOf(VariantAddress like) {
        String prefix = "/v/" + like.collection() + '/' + like.oid() + '/';
        String folder = folder(like.oid());
        List<VariantAddress> found = new ArrayList<>();
        try {
            String after = null;
            do {
                Page<Blob> page = store.list(folder, after, PAGE);
                for (Blob entry : page.items()) {
                    found.add(VariantAddress.parse(prefix + entry.key().substring(folder.length())));
                }
                after = page.next();
            } while (after != null);
        } catch (IOException e) {
            throw StoreFailed.reading(e);
        }
        return found;
    }

    /**
     * An entry as a sweep finds it.
     *
     * @param name oid, slash, recipe and format
     * @param entry empty when it cannot be read
     * @param published when it was last written
     */
    public record Listed(String name, Optional<Entry> entry, Instant published) {}

    /** All entries in the order of their names, page by page; asks the store for each. */
    public Page<Listed> list(@Nullable String after, int limit) throws IOException {
        Page<Blob> page = store.list(PREFIX, after, limit);
        List<Listed> listed = new ArrayList<>();
        for (Blob blob : page.items()) {
            listed.add(new Listed(blob.key().substring(PREFIX.length() + 3), read(blob.key()), blob.modified()));
        }
        return new Page<>(listed, page.next());
    }

    /** Takes an entry away, by its name as {@link Listed}; its bytes stay. */
    public void remove(String name) throws IOException {
        kept.remove(name);
        store.delete(PREFIX + name.substring(0, 2) + '/' + name);
    }

    /** Forgets what is known of an entry in memory, by its name as {@link Listed}. */
    public void forget(String name) {
        kept.remove(name);
    }

    /** Forgets an entry whose bytes turned out to be gone. */
    public void forget(VariantAddress address) {
        kept.remove(name(address));
    }

    private Optional<Entry> read(String key) throws IOException {
        return store.read(key).map(text -> parse(new String(text, StandardCharsets.US_ASCII)));
    }

    private boolean missing(Entry.Stored stored) throws IOException {
        Optional<Blob> blob = store.find(BlobFiles.Kind.VARIANT.key(stored.sha256()));
        return blob.isEmpty() || blob.get().bytes() != stored.bytes();
    }

    private void keep(VariantAddress address, Entry entry) {
        if (kept.size() >= KEPT) {
            kept.clear(); // rare, and the store answers until it is full again
        }
        kept.put(name(address), entry);
    }

    private static String key(VariantAddress address) {
        String path = address.path();
        return folder(address.oid()) + path.substring(path.lastIndexOf('/') + 1);
    }

    private static String folder(String oid) {
        return PREFIX + oid.substring(0, 2) + '/' + oid + '/';
    }

    private static String name(VariantAddress address) {
        String path = address.path();
        return path.substring(path.indexOf('/', 3) + 1);
    }

    private static @Nullable Entry parse(String text) {
        String[] words = text.strip().split(" ");
        if (words.length == 2 && words[0].equals("original")) {
            return ImageFormat.ofExtension(words[1])
                    .map(Entry.SameAsOriginal::new)
                    .orElse(null);
        }
        if (words.length >= 3 && words[0].equals("stored") && words[1].matches("[0-9a-f]{64}")) {
            int base = words.length > 3 ? Integer.parseInt(words[3]) : 0;
            return new Entry.Stored(words[1], Long.parseLong(words[2]), base);
        }
        return null;
    }
}
