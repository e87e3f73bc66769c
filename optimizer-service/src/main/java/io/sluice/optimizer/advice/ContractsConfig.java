package io.sluice.optimizer.advice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.math.BigDecimal;
import java.util.Map;

/** What was agreed with CDNs, by the CDN's id. */
@ConfigMapping(prefix = "sluice.optimizer.contracts")
interface ContractsConfig {
    /** By the id that metrics-service knows the CDN by. */
    @WithParentName
    Map<String, Contract> all();

    /** One contract. */
    interface Contract {
        /** Gigabytes (10^9 bytes) paid for each month, used or not. */
        @WithDefault("0")
        BigDecimal committedGigabytes();

        /** Price of a committed gigabyte. */
        BigDecimal commitPrice();

        /** Price of a gigabyte beyond. */
        BigDecimal overagePrice();

        /** ISO 4217, of both prices. */
        @WithDefault("USD")
        String currency();
    }
}
