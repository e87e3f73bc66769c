package io.sluice.optimizer.decisions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often decisions are made. */
@ConfigMapping(prefix = "sluice.optimizer.pacing")
interface PolicyConfig {
    /** Between two evaluations of all policies. */
    @WithDefault("PT15S")
    Duration interval();

    /** How long a neighbour may take to tell its budgets or errors. */
    @WithDefault("PT3S")
    Duration timeout();

    /** How often a decision is kept even when nothing has changed. */
    @WithDefault("PT5M")
    Duration keep();
}
