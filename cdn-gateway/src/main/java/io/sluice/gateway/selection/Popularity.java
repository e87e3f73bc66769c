package io.sluice.gateway.selection;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which keys are asked for most, from a sample of requests: a table of slots, each with the key that is ahead there (the
 * majority vote of Boyer and Moore in each slot, as in HeavyKeeper's fingerprint rows). Counting takes no lock; a vote that two threads cast at once may be lost,
 * which a sample can bear.
 */
public final class Popularity {
    private static final int SLOTS = 1 << 14;

    private final AtomicLongArray keys = new AtomicLongArray(SLOTS);
    private final AtomicLongArray votes = new AtomicLongArray(SLOTS);

    /** Counts a request for a key. */
    public void note(long hash) {
        int slot = (int) (hash >>> 20) & (SLOTS - 1);
        long count = votes.getPlain(slot);
        if (keys.getPlain(slot) == hash) {
            votes.setPlain(slot, count + 1);
        } else if (count <= 0) {
            keys.setPlain(slot, hash);
            votes.setPlain(slot, 1);
        } else {
            votes.setPlain(slot, count - 1);
        }
    }

    /** Halves all counts, so that what is not asked for any more is forgotten. */
    public void age() {
        for (int slot = 0; slot < SLOTS; slot++) {
            votes.setPlain(slot, votes.getPlain(slot) / 2);
        }
    }

    /**
     * The keys that lead, most first.
     *
     * @param most how many at most
     * @param least votes that a key must have
     */
    public long[] top(int most, int least) {
        long[] ranked = new long[SLOTS];
        int count = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            long vote = votes.getPlain(slot);
            if (vote >= least && keys.getPlain(slot) != 0) {
                ranked[count++] = Math.min(vote, Integer.MAX_VALUE) << Integer.SIZE | slot;
            }
        }
        Arrays.sort(ranked, 0, count);
        long[] top = new long[Math.min(most, count)];
        for (int i = 0; i < top.length; i++) {
            top[i] = keys.getPlain((int) ranked[count - 1 - i]);
        }
        return top;
    }
}
