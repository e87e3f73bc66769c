package io.sluice.testkit.github;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of GitHub's answer to {@code /organizations/{org}/settings/billing/usage}, named as GitHub names its fields.
 *
 * @param quantity in {@code unitType}, nine decimals
 * @param repositoryName without its owner; absent when GitHub attributes the usage to none
 */
public record UsageItem(
        Instant date,
        String product,
        String sku,
        BigDecimal quantity,
        String unitType,
        BigDecimal pricePerUnit,
        BigDecimal grossAmount,
        BigDecimal discountAmount,
        BigDecimal netAmount,
        String organizationName,
        @Nullable String repositoryName) {}
