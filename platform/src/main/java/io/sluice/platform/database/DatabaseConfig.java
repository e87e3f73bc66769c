package io.sluice.platform.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the service lives with PostgreSQL. */
@ConfigMapping(prefix = "sluice.database")
interface DatabaseConfig {
    /** How long a statement or transaction may take before the caller is told 503. */
    @WithDefault("PT5S")
    Duration timeout();

    /** Between two tries to migrate while PostgreSQL is away. */
    @WithDefault("PT2S")
    Duration retry();

    /** Whether the service is unready without PostgreSQL; services whose data plane goes on set it to false. */
    @WithDefault("true")
    boolean required();
}
