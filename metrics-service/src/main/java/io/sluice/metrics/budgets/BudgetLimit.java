package io.sluice.metrics.budgets;

import java.math.BigDecimal;
import java.util.List;

/**
 * What may be spent in a calendar month (UTC).
 *
 * @param limit above 0
 * @param currency ISO 4217
 * @param cdns that count, sorted; empty for all
 */
record BudgetLimit(String id, BigDecimal limit, String currency, List<String> cdns) {
    BudgetLimit {
        cdns = cdns.stream().distinct().sorted().toList();
    }

    boolean counts(String cdn) {
        return cdns.isEmpty() || cdns.contains(cdn);
    }
}
