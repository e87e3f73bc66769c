package io.sluice.image.files;

import io.sluice.image.blob.BlobStore;
import io.sluice.image.blob.FileBlobs;
import io.sluice.image.blob.LocalCopies;
import io.sluice.platform.clock.NanoClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** The store that is configured. */
@Singleton
class StoreChoice {
    private final Path root;

    StoreChoice(DataConfig data) {
        this.root = data.dir().toAbsolutePath().normalize();
    }

    @Produces
    @Singleton
    BlobStore store(InstantSource clock) {
        return new FileBlobs(root, root.resolve("tmp"), clock);
    }

    @Produces
    @Singleton
    LocalCopies copies(BlobStore store, NanoClock clock) throws IOException {
        return new LocalCopies(store, root.resolve("copies"), 2L << 30, clock);
    }
}
