package io.sluice.optimizer.advice;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contract with a CDN, and what to do about it. Gigabytes are 10^9 bytes, months have 30 days, money is in {@code currency}.
 *
 * @param id {@code cdn-commit:{cdn}}
 * @param cdn whose contract it is
 * @param outcome absent with fewer than 28 days of usage, like everything that follows from them
 * @param text why
 * @param days of usage that it rests on
 * @param confidence LOW below 60 days, MEDIUM below 120, else HIGH; absent without advice
 * @param committedGigabytes in force
 * @param recommendedGigabytes that cost least in expectation, to three digits
 * @param monthlySaving expected
 * @param numbers from which it can be computed by hand
 * @param curve expected cost of a month by commit; empty without advice
 * @param backTest what the rule would have come to in the past
 * @param decision what was decided about it last; absent when nothing was
 */
public record Recommendation(
        String id,
        String cdn,
        @Nullable Outcome outcome,
        String text,
        int days,
        @Nullable Confidence confidence,
        String currency,
        BigDecimal committedGigabytes,
        @Nullable BigDecimal recommendedGigabytes,
        @Nullable BigDecimal monthlySaving,
        @Nullable Numbers numbers,
        List<Point> curve,
        @Nullable BackTest backTest,
        @Nullable Decided decision) {

    /** What to do. */
    public enum Outcome {
        /** Another commit would cost less. */
        CHANGE,
        /** The commit in force is as good as any, or the past does not bear a change out. */
        KEEP
    }

    /** How much can be said. */
    public enum Confidence {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * Everything that the advice follows from.
     *
     * @param quantile {@code 1 - commitPrice / overagePrice}: share of months that stay within the best commit
     * @param monthMean gigabytes
     * @param monthDeviation standard deviation of a coming month, gigabytes
     * @param expectedCost of a month with what is recommended
     * @param presentCost of a month with the commit in force
     */
    public record Numbers(
            BigDecimal commitPrice,
            BigDecimal overagePrice,
            double quantile,
            BigDecimal monthMean,
            BigDecimal monthDeviation,
            BigDecimal expectedCost,
            BigDecimal presentCost) {}

    /** Expected cost of a month with this commit. */
    public record Point(BigDecimal gigabytes, BigDecimal cost) {}

    /**
     * Mean bills of the past.
     *
     * @param months that were tried, each of 30 days, a week apart, so they overlap
     * @param advised with what would have been advised before each
     * @param present with the commit in force
     * @param best with what would have been best for each in hindsight
     */
    public record BackTest(int months, BigDecimal advised, BigDecimal present, BigDecimal best) {}

    /**
     * What an operator decided.
     *
     * @param gigabytes that were recommended then
     * @param monthlySaving that was expected then
     * @param realisedMonthlySaving bill with the commit before less bill with what was recommended, for the 30 whole days behind the
     *     decision; absent until they are over
     */
    public record Decided(
            boolean accepted,
            BigDecimal gigabytes,
            BigDecimal monthlySaving,
            String reason,
            String actor,
            Instant at,
            @Nullable BigDecimal realisedMonthlySaving) {}
}
