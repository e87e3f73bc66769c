package io.sluice.alerting.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What clients of Alertmanager are told about this one. */
@ConfigMapping(prefix = "sluice.alerting.compat")
interface CompatConfig {
    /** The Alertmanager whose API this is; amtool warns when it is not its own version. */
    @WithDefault("0.25.0")
    String version();
}
