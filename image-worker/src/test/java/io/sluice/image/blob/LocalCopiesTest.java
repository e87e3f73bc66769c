package io.sluice.image.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCopiesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void holds_copies_below_their_size_the_least_recently_used_go_first() throws IOException {
        BlobStore store = new FileBlobs(folder.resolve("far"), folder.resolve("far/tmp"), InstantSource.system());
        String first = put(store, "first");
        String second = put(store, "other");
        String third = put(store, "third");
        LocalCopies copies = new LocalCopies(store, folder.resolve("copies"), 10, nanos::get);
        copies.file(first, first);
        copies.file(second, second);
        later();
        assertThat(copies.atOnce(first)).isPresent();

        copies.file(third, third);

        assertThat(copies.atOnce(second)).as("least recently used").isEmpty();
        assertThat(copies.atOnce(first).orElseThrow()).hasContent("first");
        assertThat(copies.bytes()).isEqualTo(10);
    }

    @Test
    void keeps_what_was_just_asked_for_whatever_the_size() throws IOException {
        BlobStore store = new FileBlobs(folder.resolve("far"), folder.resolve("far/tmp"), InstantSource.system());
        String first = put(store, "first");
        String second = put(store, "other");
        LocalCopies copies = new LocalCopies(store, folder.resolve("copies"), 1, nanos::get);
        copies.file(first, first);

        copies.file(second, second);

        assertThat(copies.atOnce(first).orElseThrow()).exists();
        assertThat(copies.atOnce(second).orElseThrow()).exists();
    }

    @Test
    void refuses_bytes_that_are_not_those_of_the_name() throws IOException {
        BlobStore store = new FileBlobs(folder.resolve("far"), folder.resolve("far/tmp"), InstantSource.system());
        String name = "0".repeat(64);
        store.put(name, "rotten".getBytes(StandardCharsets.US_ASCII));
        LocalCopies copies = new LocalCopies(store, folder.resolve("copies"), 100, nanos::get);

        assertThatThrownBy(() -> copies.file(name, name))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other bytes");

        assertThat(copies.atOnce(name)).isEmpty();
        assertThat(folder.resolve("copies")).isEmptyDirectory();
    }

    @Test
    void begins_empty() throws IOException {
        Path left = Files.createDirectories(folder.resolve("copies")).resolve("half");
        Files.writeString(left, "half");

        new LocalCopies(
                new FileBlobs(folder, folder, InstantSource.system()), folder.resolve("copies"), 100, nanos::get);

        assertThat(left).doesNotExist();
    }

    private void later() {
        nanos.addAndGet(LocalCopies.GRACE.toNanos());
    }

    private static String put(BlobStore store, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        String name = BlobStoreContract.sha256(bytes);
        store.put(name, bytes);
        return name;
    }
}
