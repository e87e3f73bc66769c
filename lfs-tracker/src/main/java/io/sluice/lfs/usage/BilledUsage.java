package io.sluice.lfs.usage;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What GitHub bills for a day or a repository.
 *
 * @param day in UTC; absent when summed by repository
 * @param repository without owner; absent when summed by day, or when GitHub attributes the usage to none
 * @param sku {@code LFS_STORAGE}, {@code LFS_BANDWIDTH}, or GitHub's name of one that is not known yet
 * @param unit {@code GiB} or {@code GB}, {@code -hour} behind it for storage
 * @param gross before the plan's allowance
 * @param discount what the allowance took off
 * @param net what is to be paid
 */
public record BilledUsage(
        @Nullable LocalDate day,
        @Nullable String repository,
        String sku,
        String unit,
        @Schema(description = "in unit, decimal string") BigDecimal quantity,
        @Schema(description = "decimal string") BigDecimal gross,
        @Schema(description = "decimal string") BigDecimal discount,
        @Schema(description = "decimal string") BigDecimal net,
        @Schema(description = "ISO 4217") String currency) {}
