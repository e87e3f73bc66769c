package io.sluice.metrics.budgets;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /api/v1/budgets/{id}}.
 *
 * @param limit what may be spent in a calendar month, above 0, as a decimal string
 * @param currency ISO 4217, that of the price book
 * @param cdns that count; all when absent
 * @param scope {@code global}, which is also the default
 */
record BudgetChange(
        @Nullable BigDecimal limit,
        @Nullable String currency,
        @Nullable List<String> cdns,
        @Nullable String scope) {}
