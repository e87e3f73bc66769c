package io.sluice.lfs.thresholds;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How alerts on passed thresholds are sent. */
@ConfigMapping(prefix = "sluice.lfs.thresholds")
interface ThresholdsConfig {
    /** How often budgets are looked at, and alerts that hold are sent again, as Prometheus does; {@code off} stops it. */
    @WithDefault("60s")
    String tick();

    /** For one call to alerting-service. */
    @WithDefault("PT5S")
    Duration timeout();

    /** Where a person reads what to do. */
    @WithDefault("https://docs.github.com/billing/concepts/product-billing/git-lfs")
    String runbookUrl();
}
