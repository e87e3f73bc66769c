package io.sluice.image.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.page.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store keeps to. */
abstract class BlobStoreContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** An empty one. */
    abstract BlobStore store();

    @Test
    void gives_back_what_was_put() throws IOException {
        BlobStore store = store();
        byte[] bytes = "some bytes".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("complete"), bytes);

        store.put("originals/ab/cd/x", file, sha256(bytes));

        Blob blob = store.find("originals/ab/cd/x").orElseThrow();
        assertThat(blob.bytes()).isEqualTo(bytes.length);
        assertThat(Duration.between(blob.modified(), InstantSource.system().instant())
                        .abs())
                .isLessThan(Duration.ofMinutes(5));
        assertThat(store.read("originals/ab/cd/x")).hasValue(bytes);
        Path copy = folder.resolve("copy");
        assertThat(store.fetch("originals/ab/cd/x", copy)).isTrue();
        assertThat(copy).hasBinaryContent(bytes);
    }

    @Test
    void says_of_what_is_not_there_that_it_is_not() throws IOException {
        BlobStore store = store();
        Path copy = folder.resolve("copy");

        assertThat(store.find("variants/none")).isEmpty();
        assertThat(store.read("variants/none")).isEmpty();
        assertThat(store.fetch("variants/none", copy)).isFalse();
        assertThat(copy).doesNotExist();
        assertThat(store.list("variants/", null, 10)).isEqualTo(Page.whole(List.of()));
    }

    @Test
    void replaces_a_few_bytes() throws IOException {
        BlobStore store = store();
        store.put("index/ab/e1-h480=x.webp", new byte[] {1});

        store.put("index/ab/e1-h480=x.webp", new byte[] {2, 3});

        assertThat(store.read("index/ab/e1-h480=x.webp")).hasValue(new byte[] {2, 3});
    }

    @Test
    void takes_away() throws IOException {
        BlobStore store = store();
        store.put("index/ab/a", new byte[] {1});

        assertThat(store.delete("index/ab/a")).isTrue();

        assertThat(store.find("index/ab/a")).isEmpty();
        store.delete("index/ab/a");
    }

    @Test
    void lists_by_prefix_in_pages_in_the_order_of_keys() throws IOException {
        BlobStore store = store();
        List<String> keys = List.of("index/aa/1.webp", "index/aa/1/x", "index/aa/2", "index/ab/0", "index/b");
        for (String key : keys.reversed()) {
            store.put(key, new byte[] {1, 2, 3});
        }
        store.put("other/aa/1", new byte[] {1});

        assertThat(pages(store, "index/", 2)).isEqualTo(keys);
        assertThat(pages(store, "index/aa/", 1000)).isEqualTo(keys.subList(0, 3));
        assertThat(store.list("index/", "index/aa/1/zz", 1).items().getFirst().key())
                .isEqualTo("index/aa/2");
        assertThat(store.list("index/", null, 1).items().getFirst().bytes()).isEqualTo(3);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> pages(BlobStore store, String prefix, int limit) throws IOException {
        List<String> keys = new ArrayList<>();
        String after = null;
        do {
            Page<Blob> page = store.list(prefix, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(blob -> keys.add(blob.key()));
            after = page.next();
        } while (after != null);
        return keys;
    }
}
