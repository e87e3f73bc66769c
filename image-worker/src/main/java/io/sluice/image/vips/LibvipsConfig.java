package io.sluice.image.vips;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where libvips is. */
@ConfigMapping(prefix = "sluice.image.libvips")
interface LibvipsConfig {
    /** The library's file; without it the system's usual folders are looked through. */
    Optional<Path> path();
}
