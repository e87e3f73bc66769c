package io.sluice.lfs.account;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * A month in UTC: from the 1st, 00:00:00, whatever day the account is invoiced (docs.github.com, "billing cycles").
 *
 * @param month which one
 */
public record BillingPeriod(YearMonth month) {

    /** The period a moment lies in. */
    public static BillingPeriod at(Instant moment) {
        return new BillingPeriod(YearMonth.from(moment.atOffset(ZoneOffset.UTC)));
    }

    /** First day. */
    public LocalDate firstDay() {
        return month.atDay(1);
    }

    /** Last day, inclusive. */
    public LocalDate lastDay() {
        return month.atEndOfMonth();
    }

    /** Inclusive. */
    public Instant start() {
        return firstDay().atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Exclusive. */
    public Instant end() {
        return lastDay().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** 672-744. */
    public int hours() {
        return month.lengthOfMonth() * 24;
    }

    /** The UTC day a moment lies in. */
    public static LocalDate dayOf(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
