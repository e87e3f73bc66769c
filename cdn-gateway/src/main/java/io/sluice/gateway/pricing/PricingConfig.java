package io.sluice.gateway.pricing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What traffic costs. */
@ConfigMapping(prefix = "sluice.gateway.pricing")
public interface PricingConfig {
    /** List prices in place of the bundled ones, JSON of the same form. */
    Optional<Path> listPricesFile();

    /** How often metrics-service is asked what each CDN has served, and lfs-tracker how long its quota will do. */
    @WithDefault("PT1M")
    Duration usageInterval();

    /** What a GB of Git LFS costs beyond the quota, in the currency of the contracts. */
    @WithDefault("0.0875")
    double originPerGb();
}
