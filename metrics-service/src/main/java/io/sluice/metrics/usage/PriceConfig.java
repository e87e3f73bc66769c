package io.sluice.metrics.usage;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where prices come from. */
@ConfigMapping(prefix = "sluice.metrics")
interface PriceConfig {
    /** A file like {@code prices/2026-11.json} in the service's resources, in place of it; read at start. */
    Optional<Path> prices();
}
