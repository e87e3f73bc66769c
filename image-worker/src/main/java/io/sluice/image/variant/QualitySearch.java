package io.sluice.image.variant;

import java.util.function.IntToDoubleFunction;

/**
 * Finds the lowest quality that reaches a likeness with few trials: each narrows the range by a straight line between its ends,
 * for likeness grows with quality. Pure.
 */
final class QualitySearch {
    /** Never below: there the eye sees blocks whatever a measure says. */
    static final int LEAST = 20;

    /** Never above: bytes grow without end, likeness hardly. */
    static final int MOST = 95;

    private static final int TRIALS = 4;
    private static final int NEAR = 2;

    private QualitySearch() {}

    /**
     * @param first guess, brought into {@value #LEAST}-{@value #MOST}
     * @param wanted likeness, 0-1
     * @param trial likeness at a quality; called at most four times
     * @return the lowest quality tried that reaches it; {@value #MOST} when none did
     */
    static int lowest(int first, double wanted, IntToDoubleFunction trial) {
        int below = LEAST - 1;
        double likenessBelow = Double.NaN;
        int reached = MOST;
        double likenessReached = Double.NaN;
        int quality = Math.clamp(first, LEAST, MOST);
        for (int i = 0; i < TRIALS; i++) {
            double likeness = trial.applyAsDouble(quality);
            if (likeness >= wanted) {
                reached = quality;
                likenessReached = likeness;
            } else {
                below = quality;
                likenessBelow = likeness;
            }
            if (reached - below <= NEAR) {
                break;
            }
            quality = between(below, likenessBelow, reached, likenessReached, wanted);
        }
        return reached;
    }

    private static int between(int below, double likenessBelow, int reached, double likenessReached, double wanted) {
        double span = likenessReached - likenessBelow;
        double share = span > 0 ? (wanted - likenessBelow) / span : 0.5; // NaN: one end was not tried yet
        return Math.clamp(below + (int) Math.ceil(share * (reached - below)), below + 1, reached - 1);
    }
}
