package io.sluice.image.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FileBlobsTest extends BlobStoreContract {
    @Override
    BlobStore store() {
        return new FileBlobs(folder.resolve("store"), folder.resolve("store/tmp"), InstantSource.system());
    }

    @Test
    void renews_the_time_of_what_is_put_again() throws IOException {
        BlobStore store = store();
        store.put("variants/x", Files.write(folder.resolve("first"), new byte[] {1}), "");
        Path stored = store.file("variants/x").orElseThrow();
        Files.setLastModifiedTime(stored, FileTime.from(Instant.EPOCH));

        Path second = Files.write(folder.resolve("second"), new byte[] {1});
        store.put("variants/x", second, "");

        assertThat(store.find("variants/x").orElseThrow().modified()).isAfter(Instant.EPOCH);
        assertThat(second).doesNotExist();
    }

    @Test
    void leaves_no_temporary_file() throws IOException {
        BlobStore store = store();

        store.put("index/x", new byte[] {1});

        assertThat(folder.resolve("store/tmp")).isEmptyDirectory();
    }

    @Test
    void refuses_keys_that_leave_the_folder() {
        assertThatThrownBy(() -> store().find("../x")).isInstanceOf(IllegalArgumentException.class);
    }
}
