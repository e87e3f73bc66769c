package io.sluice.optimizer.advice;

import java.math.BigDecimal;

/**
 * Prices of a contract with a monthly commit.
 *
 * @param committed gigabytes a month, paid used or not
 * @param commitPrice of a committed gigabyte
 * @param overagePrice of a gigabyte beyond
 */
record Terms(double committed, double commitPrice, double overagePrice) {
    Terms {
        if (!(committed >= 0 && commitPrice >= 0 && overagePrice >= 0)
                || Double.isInfinite(committed + commitPrice + overagePrice)) {
            throw new IllegalArgumentException("amounts and prices must be finite and not negative");
        }
    }

    static Terms of(BigDecimal committed, BigDecimal commitPrice, BigDecimal overagePrice) {
        return new Terms(committed.doubleValue(), commitPrice.doubleValue(), overagePrice.doubleValue());
    }

    /** Bill of a month of {@code used} gigabytes under another commit. */
    double bill(double commit, double used) {
        return commitPrice * commit + overagePrice * Math.max(0, used - commit);
    }

    /** Share of months in which the best commit is not exceeded; 0 when a commit is no cheaper than what it replaces. */
    double bestQuantile() {
        return commitPrice >= overagePrice ? 0 : 1 - commitPrice / overagePrice;
    }
}
