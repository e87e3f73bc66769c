package io.sluice.image.files;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which stored bytes an address stands for: one small file per address in a folder per source, so that serving needs no
 * database; what was read once is kept in memory. Collections share entries, for they do not change the bytes.
 */
@ApplicationScoped
public class VariantIndex {
    private static final int KEPT = 50_000;

    private final BlobFiles files;
    private final Map<String, Entry> kept = new ConcurrentHashMap<>();

    VariantIndex(BlobFiles files) {
        this.files = files;
    }

    /** What stands behind an address. */
    public sealed interface Entry {
        /**
         * Bytes of their own.
         *
         * @param sha256 of the bytes, in hex: their name in the store and their ETag
         * @param bytes how many
         */
        record Stored(String sha256, long bytes) implements Entry {}

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

    /** What is known at all; reads the file system. */
    public Optional<Entry> find(VariantAddress address) {
        Entry known = kept.get(name(address));
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Entry entry = parse(Files.readString(path(address)));
            if (entry == null || (entry instanceof Entry.Stored stored && missing(stored))) {
                return Optional.empty();
            }
            keep(address, entry);
            return Optional.of(entry);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreFailed("the variant index cannot be read: " + e.getMessage());
        }
    }

    /** Publishes an entry; the bytes it names must be in the store. */
    public void publish(VariantAddress address, Entry entry) throws IOException {
        Path temporary = files.temporary();
        Files.writeString(
                temporary,
                switch (entry) {
                    case Entry.Stored stored -> "stored " + stored.sha256() + ' ' + stored.bytes() + '\n';
                    case Entry.SameAsOriginal same ->
                        "original " + same.format().extension() + '\n';
                });
        BlobFiles.publish(temporary, path(address));
        keep(address, entry);
    }

    /** Every stored variant of a source, under the collection and format rules of {@code like}; reads the file system. */
    public List<VariantAddress> variantsOf(VariantAddress like) {
        List<VariantAddress> found = new ArrayList<>();
        String prefix = "/v/" + like.collection() + '/' + like.oid() + '/';
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder(like.oid()))) {
            entries.forEach(entry -> found.add(VariantAddress.parse(prefix + entry.getFileName())));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new StoreFailed("the variant index cannot be read: " + e.getMessage());
        }
        return found;
    }

    /** Forgets an entry whose bytes turned out to be gone. */
    public void forget(VariantAddress address) {
        kept.remove(name(address));
    }

    private boolean missing(Entry.Stored stored) {
        var size = files.size(BlobFiles.Kind.VARIANT, stored.sha256());
        return size.isEmpty() || size.getAsLong() != stored.bytes();
    }

    private void keep(VariantAddress address, Entry entry) {
        if (kept.size() >= KEPT) {
            kept.clear(); // rare, and the file system's cache answers until it is full again
        }
        kept.put(name(address), entry);
    }

    private Path path(VariantAddress address) {
        String path = address.path();
        return folder(address.oid()).resolve(path.substring(path.lastIndexOf('/') + 1));
    }

    private Path folder(String oid) {
        return files.root().resolve("index").resolve(oid.substring(0, 2)).resolve(oid);
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
        if (words.length == 3 && words[0].equals("stored") && words[1].matches("[0-9a-f]{64}")) {
            return new Entry.Stored(words[1], Long.parseLong(words[2]));
        }
        return null;
    }
}
