package io.sluice.gateway.selection;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was chosen of late in one market, from one request in {@value #SAMPLED}: by CDN for ordinary keys, together for hot
 * ones. Thread-safe.
 */
public final class Traffic {
    private static final int SAMPLED = 16;

    private final Popularity popularity;
    private final LongAdder hot = new LongAdder();
    private final LongAdder[] cold;
    private final double[] coldLately;
    private double hotLately;

    /**
     * @param cdns how many CDNs there are
     * @param popularity of keys in all markets
     */
    public Traffic(int cdns, Popularity popularity) {
        this.popularity = popularity;
        this.coldLately = new double[cdns];
        this.cold = new LongAdder[cdns];
        for (int cdn = 0; cdn < cdns; cdn++) {
            cold[cdn] = new LongAdder();
        }
    }

    /** Notes a choice, if it is one that is sampled. */
    public void sample(long hash, int cdn, boolean isHot) {
        if ((ThreadLocalRandom.current().nextInt() & (SAMPLED - 1)) == 0) {
            note(hash, cdn, isHot);
        }
    }

    /** Notes a choice. */
    public void note(long hash, int cdn, boolean isHot) {
        popularity.note(hash);
        if (isHot) {
            hot.increment();
        } else {
            cold[cdn].increment();
        }
    }

    /** Takes in what was noted since the last time; what was before counts {@code keep} of what it did, 0-1. */
    public synchronized void settle(double keep) {
        hotLately = hotLately * keep + hot.sumThenReset();
        for (int cdn = 0; cdn < cold.length; cdn++) {
            coldLately[cdn] = coldLately[cdn] * keep + cold[cdn].sumThenReset();
        }
    }

    /** Requests for ordinary keys by CDN, of late. */
    public synchronized double[] cold() {
        return coldLately.clone();
    }

    /** Requests for hot keys, of late. */
    public synchronized double hot() {
        return hotLately;
    }

    /** All requests, of late. */
    public synchronized double total() {
        double total = hotLately;
        for (double one : coldLately) {
            total += one;
        }
        return total;
    }
}
