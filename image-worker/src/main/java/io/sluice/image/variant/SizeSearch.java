package io.sluice.image.variant;

import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the highest quality whose result keeps to a size with few trials. Between two known qualities the logarithm of the size
 * is taken for a straight line, as it nearly is. Pure.
 */
final class SizeSearch {
    /** Below, encoders hardly save bytes any more. */
    static final int LEAST = 10;

    /** Of which the first is at the highest quality allowed. */
    static final int TRIALS = 5;

    /** Of the size allowed: what comes so near is not bettered. */
    private static final double NEAR = 0.95;

    /** By how much quality falls, mostly, where size halves. */
    private static final double HALVES = 25;

    private SizeSearch() {}

    /**
     * The best result that was tried; the smallest when none keeps to the size.
     *
     * @param highest quality that may be tried
     * @param most size allowed
     * @param trial result at a quality; called at most {@value #TRIALS} times
     * @param size of a result
     */
    static <T> T best(int highest, long most, IntFunction<T> trial, ToLongFunction<T> size) {
        T smallest = trial.apply(highest);
        if (size.applyAsLong(smallest) <= most) {
            return smallest;
        }
        @Nullable T best = null;
        Known above = new Known(highest, size.applyAsLong(smallest));
        Known below = new Known(LEAST - 1, 0);
        for (int left = TRIALS - 1; left > 0 && above.quality > below.quality + 1; left--) {
            int quality = best != null ? between(below, above, most) : left == 1 ? LEAST : guess(above, most);
            T tried = trial.apply(quality);
            Known known = new Known(quality, size.applyAsLong(tried));
            if (known.bytes > most) {
                smallest = tried;
                above = known;
            } else {
                best = tried;
                below = known;
                if (known.bytes >= most * NEAR) {
                    break;
                }
            }
        }
        return best == null ? smallest : best;
    }

    private record Known(int quality, long bytes) {}

    private static int guess(Known above, long most) {
        double halvings = Math.log((double) above.bytes / most) / Math.log(2);
        return Math.clamp(above.quality - (long) Math.ceil(HALVES * halvings), LEAST, above.quality - 1);
    }

    private static int between(Known below, Known above, long most) {
        double share = Math.log((double) most / below.bytes) / Math.log((double) above.bytes / below.bytes);
        return Math.clamp(
                below.quality + (long) (share * (above.quality - below.quality)), below.quality + 1, above.quality - 1);
    }
}
