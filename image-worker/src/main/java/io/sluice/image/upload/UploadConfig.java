package io.sluice.image.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be uploaded. */
@ConfigMapping(prefix = "sluice.image.upload")
interface UploadConfig {
    /** Largest upload; {@code quarkus.http.limits.max-body-size} must be above it. */
    @WithDefault("100M")
    MemorySize maxBytes();

    /** Most pixels of one frame. */
    @WithDefault("50000000")
    long maxPixels();

    /** How long 64 KiB of an upload may take to arrive, or its rest when that is less; whoever is slower is cut off. */
    @WithDefault("PT15S")
    Duration pace();
}
