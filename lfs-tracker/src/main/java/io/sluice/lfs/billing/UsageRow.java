package io.sluice.lfs.billing;

import io.sluice.lfs.account.Sku;
import java.time.Instant;

/**
 * One Git LFS row of GitHub's answer. Amounts in billionths.
 *
 * @param at as GitHub dates it: a day's start or any moment in it
 * @param repository without owner; empty when GitHub attributes it to none
 */
record UsageRow(
        Instant at,
        String repository,
        Sku sku,
        long qtyNano,
        long priceNano,
        long grossNano,
        long discNano,
        long netNano) {}
