package io.sluice.optimizer.workers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many receivers are known, and for how long. */
@ConfigMapping(prefix = "sluice.optimizer.workers")
interface WorkersConfig {
    /** Registrations that are kept; another one is refused. */
    @WithDefault("20000")
    int most();

    /** How long after its last sign of life a receiver is forgotten with all it has acknowledged; at least PT1H. */
    @WithDefault("P7D")
    Duration forgetAfter();

    /** How long acknowledgements of directives that are no longer in force are kept; at least PT1H. */
    @WithDefault("P30D")
    Duration receipts();
}
