package io.sluice.image.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.image.blob.BlobStore;
import io.sluice.image.blob.FileBlobs;
import io.sluice.image.blob.LocalCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void removes_temporary_files_of_more_than_an_hour_and_nothing_else() throws IOException {
        InstantSource clock = InstantSource.fixed(NOW);
        BlobStore store = new FileBlobs(folder, folder.resolve("tmp"), clock);
        BlobFiles files =
                new BlobFiles(() -> folder, store, new LocalCopies(store, folder.resolve("copies"), 0, () -> 0));
        Leftovers leftovers = new Leftovers(files, clock);
        assertThat(leftovers.clear()).as("without a folder").isZero();
        Path left = file(files.temporary(), NOW.minusSeconds(3_601));
        Path underWay = file(files.temporary(), NOW.minusSeconds(3_599));
        String sha256 = "a".repeat(64);
        Path published = files.fileAtOnce(BlobFiles.Kind.VARIANT, sha256).orElseThrow();
        files.publish(file(files.temporary(), NOW.minusSeconds(9_999)), BlobFiles.Kind.VARIANT, sha256);

        assertThat(leftovers.clear()).isEqualTo(1);

        assertThat(left).doesNotExist();
        assertThat(underWay).exists();
        assertThat(published).exists();
    }

    private static Path file(Path file, Instant written) throws IOException {
        return Files.setLastModifiedTime(Files.writeString(file, "half"), FileTime.from(written));
    }
}
