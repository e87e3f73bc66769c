package io.sluice.image.files;

import io.sluice.image.blob.BlobStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code store}: writes a small file and takes it away again; a bucket is also asked for a list. */
@Readiness
@ApplicationScoped
class StoreHealth implements HealthCheck {
    private final BlobFiles files;
    private final BlobStore store;

    StoreHealth(BlobFiles files, BlobStore store) {
        this.files = files;
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("store")
                .withData("folder", files.root().toString())
                .withData("store", store.name());
        try {
            Path probe = files.temporary();
            Files.writeString(probe, "probe");
            Files.delete(probe);
            response.withData("free", Files.getFileStore(files.root()).getUsableSpace());
        } catch (IOException e) {
            return response.down()
                    .withData(
                            "remedy", "make the folder writable or name another in sluice.data.dir: " + e.getMessage())
                    .build();
        }
        try {
            store.list(VariantIndex.PREFIX, null, 1);
            return response.up().build();
        } catch (IOException e) {
            return response.down()
                    .withData("remedy", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
