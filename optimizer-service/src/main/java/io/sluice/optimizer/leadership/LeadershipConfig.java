package io.sluice.optimizer.leadership;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How one of several optimizers comes to write. */
@ConfigMapping(prefix = "sluice.optimizer.leadership")
interface LeadershipConfig {
    /** How long a leader may write after it last renewed, by the database's clock; the longest gap after a crash. */
    @WithDefault("PT15S")
    Duration lease();

    /** Between two renewals, or two tries to take over. */
    @WithDefault("PT5S")
    Duration renew();
}
