package io.sluice.image.vips;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code libvips}: which library encodes, or what to do about its absence. */
@Readiness
@ApplicationScoped
class VipsHealth implements HealthCheck {
    private final VipsLibrary library;

    VipsHealth(VipsLibrary library) {
        this.library = library;
    }

    @Override
    public HealthCheckResponse call() {
        return library.vips()
                .map(vips -> HealthCheckResponse.named("libvips")
                        .up()
                        .withData("version", vips.version())
                        .withData("file", vips.library().toString())
                        .build())
                .orElseGet(() -> HealthCheckResponse.named("libvips")
                        .down()
                        .withData("remedy", library.problem())
                        .build());
    }
}
