package io.sluice.optimizer.savings;

import org.jspecify.annotations.Nullable;

/**
 * What one level saved.
 *
 * @param level 1-4
 * @param responses to keys at this level
 * @param meanBytes of such a response
 * @param predicted ratio saved by the level table, 0-1
 * @param realised 1 - meanBytes / mean bytes of a held-back key's response; absent when nothing can be compared
 * @param low end of its 95 % confidence interval; absent when there are too few samples for one. So is the next
 * @param high other end
 * @param agrees whether the predicted saving lies within the interval; absent without one
 * @param note why there is no interval; empty when there is one
 */
public record Saving(
        int level,
        long responses,
        double meanBytes,
        double predicted,
        @Nullable Double realised,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Boolean agrees,
        String note) {

    /** With fewer responses in either group no interval is told. */
    static final long FEWEST_RESPONSES = 100;

    /** With fewer slices that have responses no interval is told. */
    static final int FEWEST_SLICES = 8;

    // Student's t, two-sided 95 %, for 7 to 15 degrees of freedom.
    private static final double[] T = {2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131};

    /**
     * Estimates. The variance of the ratio is that of its parts by the delta method; the groups share no key, so they are taken to
     * be independent.
     */
    static Saving of(int level, Slices held, Slices treated, double predicted) {
        if (held.responses() == 0 || treated.responses() == 0 || held.mean() == 0) {
            return without(level, treated, predicted, null, "nothing was delivered to one of the two groups");
        }
        double ratio = treated.mean() / held.mean();
        int slices = Math.min(held.slices().size(), treated.slices().size());
        long responses = Math.min(held.responses(), treated.responses());
        if (responses < FEWEST_RESPONSES || slices < FEWEST_SLICES) {
            String note = "too few samples for an interval: " + held.responses() + " responses of "
                    + held.slices().size() + " slices held back, " + treated.responses() + " of "
                    + treated.slices().size() + " at the level; " + FEWEST_RESPONSES + " and " + FEWEST_SLICES
                    + " of each are needed";
            return without(level, treated, predicted, 1 - ratio, note);
        }
        double relative = treated.variance() / Math.pow(treated.mean(), 2) + held.variance() / Math.pow(held.mean(), 2);
        double margin = T[Math.min(slices - FEWEST_SLICES, T.length - 1)] * ratio * Math.sqrt(relative);
        double realised = 1 - ratio;
        boolean agrees = Math.abs(predicted - realised) <= margin;
        return new Saving(
                level,
                treated.responses(),
                treated.mean(),
                predicted,
                realised,
                realised - margin,
                realised + margin,
                agrees,
                "");
    }

    private static Saving without(int level, Slices treated, double predicted, @Nullable Double realised, String note) {
        return new Saving(level, treated.responses(), treated.mean(), predicted, realised, null, null, null, note);
    }
}
