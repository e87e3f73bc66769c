package io.sluice.lfs.usage;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One day of one SKU, of the account or of one repository. Amounts in billionths.
 *
 * @param priceNano USD for one unit; 0 without usage
 * @param pulledAt when GitHub said so
 * @param complete whether the day is over and GitHub is not expected to say something else
 */
public record UsedDay(LocalDate day, long qtyNano, long priceNano, long netNano, Instant pulledAt, boolean complete) {}
