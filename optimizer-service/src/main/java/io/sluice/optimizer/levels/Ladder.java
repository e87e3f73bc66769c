package io.sluice.optimizer.levels;

import java.util.List;

/**
 * Savings of the levels of one axis, and the way between saving and fractional level: between two levels a share of keys is on
 * the upper one, so savings interpolate linearly.
 *
 * @param saved ratio saved at level 1, 2, .. against level 0; 0-1, ascending
 */
public record Ladder(List<Double> saved) {
    public Ladder {
        saved = List.copyOf(saved);
        double below = 0;
        for (double ratio : saved) {
            if (!(ratio > below && ratio < 1)) {
                throw new IllegalArgumentException("savings must ascend between 0 and 1: " + saved);
            }
            below = ratio;
        }
    }

    /** The most that can be saved. */
    public double most() {
        return saved.getLast();
    }

    /** The fractional level, 0 to the highest, that saves {@code saving}. */
    public double levelFor(double saving) {
        double below = 0;
        for (int level = 0; level < saved.size(); level++) {
            double above = saved.get(level);
            if (saving <= above) {
                return level + Math.max(0, saving - below) / (above - below);
            }
            below = above;
        }
        return saved.size();
    }

    /** What a fractional level saves. */
    public double savingAt(double level) {
        int lower = (int) Math.min(level, saved.size());
        double below = lower == 0 ? 0 : saved.get(lower - 1);
        return lower == saved.size() ? below : below + (level - lower) * (saved.get(lower) - below);
    }
}
