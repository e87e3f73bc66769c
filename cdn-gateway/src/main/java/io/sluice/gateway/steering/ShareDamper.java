package io.sluice.gateway.steering;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the shares of a market from swinging: they move only when the gain was above 10 % in three looks running, 60 s after
 * they last began to move at the earliest, and by 10 points in 30 s at most. Whoever is ill is not this class's matter: a CDN
 * that fails loses its traffic at once. Not thread-safe.
 */
public final class ShareDamper {
    private static final int LOOKS = 3;
    private static final double GAIN = 0.1;
    private static final double DWELL_SECONDS = 60;
    private static final double POINTS_PER_SECOND = 0.1 / 30;
    private static final double THERE = 1e-6;

    private List<Double> shares;
    private double lookedAt;
    private double movedAt = Double.NEGATIVE_INFINITY;
    private int looks;
    private boolean moving;

    /** @param shares to begin with, adding up to 1 */
    public ShareDamper(List<Double> shares, double seconds) {
        this.shares = List.copyOf(shares);
        this.lookedAt = seconds;
    }

    /**
     * Looks at what would be best now.
     *
     * @param wanted shares that would be best, as many as there were before
     * @param gain how much better they are than those in force, 0-1; 1 when those in force are not allowed any more
     * @param seconds a clock that only goes forward
     * @param most share that may move now, 0-1: what the origin can bear
     * @return the shares to use
     */
    public List<Double> next(List<Double> wanted, double gain, double seconds, double most) {
        double passed = Math.max(0, seconds - lookedAt);
        lookedAt = seconds;
        looks = gain > GAIN ? looks + 1 : 0;
        if (looks >= LOOKS && !moving && seconds - movedAt >= DWELL_SECONDS) {
            moving = true;
            movedAt = seconds;
        }
        if (moving) {
            move(wanted, Math.min(most, passed * POINTS_PER_SECOND));
        }
        return shares;
    }

    /** The shares in use. */
    public List<Double> shares() {
        return shares;
    }

    private void move(List<Double> wanted, double points) {
        double distance = 0;
        for (int cdn = 0; cdn < shares.size(); cdn++) {
            distance += Math.max(0, wanted.get(cdn) - shares.get(cdn));
        }
        double part = distance <= points + THERE ? 1 : points / distance;
        List<Double> next = new ArrayList<>();
        for (int cdn = 0; cdn < shares.size(); cdn++) {
            next.add(shares.get(cdn) + (wanted.get(cdn) - shares.get(cdn)) * part);
        }
        shares = List.copyOf(next);
        moving = part < 1;
    }
}
