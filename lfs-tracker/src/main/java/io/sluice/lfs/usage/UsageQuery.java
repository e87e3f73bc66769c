package io.sluice.lfs.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param to inclusive
 * @param limit rows at most
 * @param sku only this one; null for all
 */
record UsageQuery(
        String organisation,
        LocalDate from,
        LocalDate to,
        @Nullable String sku,
        int limit) {}
