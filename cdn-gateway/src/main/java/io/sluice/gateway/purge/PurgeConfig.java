package io.sluice.gateway.purge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How purges are carried out, and who may purge what. */
@ConfigMapping(prefix = "sluice.gateway.purge")
public interface PurgeConfig {
    /** Most urls, prefixes, patterns or tags in one request, 1-10000. */
    @WithDefault("5000")
    int maxValues();

    /** How often a call is tried before it counts as failed. */
    @WithDefault("10")
    int maxAttempts();

    /** Pause after the first failure; doubled with each further one, up to five minutes, plus up to a fifth at random. */
    @WithDefault("PT1S")
    Duration backoff();

    /** How long a replica owns a call; longer than a vendor's call may take. */
    @WithDefault("PT60S")
    Duration lease();

    /** Pause before a purged address is fetched to see whether the purge worked. */
    @WithDefault("PT2S")
    Duration verifyAfter();

    /** How long finished purges are kept. */
    @WithDefault("P30D")
    Duration keep();

    /** By name of a token: what it may purge. A token that is not here may purge everything. */
    Map<String, Rights> rights();

    /** What a token may purge. */
    interface Rights {
        /** Collections whose tag and addresses it may purge, and nothing else. */
        Set<String> collections();
    }
}
