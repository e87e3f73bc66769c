package io.sluice.platform.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where traces go. */
@ConfigMapping(prefix = "sluice.tracing")
interface TracingConfig {
    /** OTLP collector (gRPC), for example {@code http://collector:4317}; absent: contexts are passed on, nothing is exported. */
    Optional<String> endpoint();

    /** Share of traces that begin here and are recorded, 0-1; a caller's decision is followed. */
    @WithDefault("0.1")
    double ratio();
}
