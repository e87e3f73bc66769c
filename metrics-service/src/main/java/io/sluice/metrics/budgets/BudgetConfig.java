package io.sluice.metrics.budgets;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Budgets that a new installation begins with. What an operator changes or deletes later stays so. */
@ConfigMapping(prefix = "sluice.metrics.budgets")
public interface BudgetConfig {
    /** By id. */
    @WithParentName
    Map<String, Seed> seeds();

    /** A budget. */
    interface Seed {
        /** What may be spent in a calendar month (UTC), above 0. */
        BigDecimal limit();

        /** ISO 4217, that of the price book. */
        @WithDefault("USD")
        String currency();

        /** CDNs that count; all when absent. */
        Optional<List<String>> cdns();
    }
}
