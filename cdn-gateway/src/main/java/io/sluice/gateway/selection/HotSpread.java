package io.sluice.gateway.selection;

import java.util.Arrays;

/**
 * Where the hottest keys go: not to one CDN each, but spread over all of them by client, in such proportions that the whole
 * traffic meets the shares. A few hundred objects are cheap to have on every CDN, and they are what makes the split exact: with
 * popularity as uneven as it is, buckets alone miss it by points. One client stays with one CDN for a key. Immutable.
 */
public final class HotSpread {
    private static final int LOTS = 256;

    /** Nothing is spread. */
    public static final HotSpread NONE = new HotSpread(HotSet.NONE, new byte[LOTS]);

    private final HotSet set;
    private final byte[] lots;

    private HotSpread(HotSet set, byte[] lots) {
        this.set = set;
        this.lots = lots;
    }

    /**
     * Gives the hot keys to the CDNs that fall short.
     *
     * @param shares that the whole traffic should have, adding up to 1; all 0 when no CDN may be used
     * @param cold requests for all other keys by CDN, of late
     * @param hot requests for the hot keys, of late
     */
    public static HotSpread of(HotSet set, double[] shares, double[] cold, double hot) {
        if (set.size() == 0 || Arrays.stream(shares).sum() <= 0) {
            return NONE;
        }
        double total = hot + Arrays.stream(cold).sum();
        double[] lacking = new double[shares.length];
        double sum = 0;
        for (int cdn = 0; cdn < shares.length; cdn++) {
            lacking[cdn] = Math.max(0, shares[cdn] * total - cold[cdn]);
            sum += lacking[cdn];
        }
        // Before anything was counted for them, and when nobody falls short, they go by the shares.
        boolean balance = hot > 0 && sum > 0;
        return new HotSpread(
                set,
                balance
                        ? lots(lacking, sum)
                        : lots(shares, Arrays.stream(shares).sum()));
    }

    /** Which keys are hot. */
    public HotSet set() {
        return set;
    }

    /** The CDN of a hot key for a client; means nothing for others. */
    int of(long hash, long client) {
        return lots[(int) Hash64.mix(hash ^ client) & (LOTS - 1)];
    }

    private static byte[] lots(double[] parts, double sum) {
        byte[] lots = new byte[LOTS];
        double upTo = 0;
        int lot = 0;
        for (int cdn = 0; cdn < parts.length; cdn++) {
            upTo += parts[cdn];
            long end = Math.round(upTo / sum * LOTS);
            while (lot < end) {
                lots[lot++] = (byte) cdn;
            }
        }
        return lots;
    }
}
