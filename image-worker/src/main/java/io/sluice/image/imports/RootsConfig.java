package io.sluice.image.imports;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Map;

/** Folders that may be imported from. */
@ConfigMapping(prefix = "sluice.image.sources")
interface RootsConfig {
    /** By the name that an import says. */
    Map<String, Root> roots();

    /** One folder. */
    interface Root {
        /** Where it is on this machine; it is only read. */
        Path path();
    }
}
