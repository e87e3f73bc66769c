package io.sluice.image.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may be uploaded. */
@ConfigMapping(prefix = "sluice.image.upload")
interface UploadConfig {
    /** Largest upload; {@code quarkus.http.limits.max-body-size} must be above it. */
    @WithDefault("100M")
    MemorySize maxBytes();

    /** Most pixels of one frame. */
    @WithDefault("50000000")
    long maxPixels();
}
