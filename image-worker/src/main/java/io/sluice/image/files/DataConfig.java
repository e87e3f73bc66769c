package io.sluice.image.files;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the service keeps its own state. */
@ConfigMapping(prefix = "sluice.data")
public interface DataConfig {
    /** Folder of originals, variants and the directive in force; it must survive a restart. */
    @WithDefault(".sluice/image-worker")
    Path dir();
}
