package io.sluice.lfs.forecast;

import java.time.LocalDate;

/**
 * What was used on a day.
 *
 * @param amount not negative
 * @param complete whether it will not change any more
 */
public record DayAmount(LocalDate day, double amount, boolean complete) {
    public DayAmount {
        if (!(amount >= 0)) {
            throw new IllegalArgumentException("amount must not be negative, was " + amount);
        }
    }
}
