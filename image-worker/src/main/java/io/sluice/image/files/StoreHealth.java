package io.sluice.image.files;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code store}: writes a small file and takes it away again. */
@Readiness
@ApplicationScoped
class StoreHealth implements HealthCheck {
    private final BlobFiles files;

    StoreHealth(BlobFiles files) {
        this.files = files;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            Path probe = files.temporary();
            Files.writeString(probe, "probe");
            Files.delete(probe);
            return HealthCheckResponse.named("store")
                    .up()
                    .withData("folder", files.root().toString())
                    .withData("free", Files.getFileStore(files.root()).getUsableSpace())
                    .build();
        } catch (IOException e) {
            return HealthCheckResponse.named("store")
                    .down()
                    .withData("folder", files.root().toString())
                    .withData(
                            "remedy", "make the folder writable or name another in sluice.data.dir: " + e.getMessage())
                    .build();
        }
    }
}
