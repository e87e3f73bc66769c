package io.sluice.gateway.selection;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which keys are hot, looked at now and then: the most popular ones, and of those that were hot before also the runners-up, so that a key on the
 * edge does not come and go. Not thread-safe.
 */
public final class HotKeys {
    /** How many keys are hot at most: enough to even out any split, few enough to have on every CDN. */
    public static final int MOST = 64;

    /** How often a key must be in the sample. */
    private static final int LEAST_VOTES = 16;

    private static final int SLACK = 2;

    private final Popularity popularity;
    private HotSet current = HotSet.NONE;

    /** Hot keys of what {@code popularity} counts. */
    public HotKeys(Popularity popularity) {
        this.popularity = popularity;
    }

    /** Looks anew, and lets what was counted before count half. */
    public HotSet look() {
        long[] leading = popularity.top(MOST * SLACK, LEAST_VOTES);
        Set<Long> hot = new LinkedHashSet<>();
        for (long hash : leading) {
            if (current.contains(hash) && hot.size() < MOST) {
                hot.add(hash);
            }
        }
        for (long hash : leading) {
            if (hot.size() < MOST) {
                hot.add(hash);
            }
        }
        popularity.age();
        current = HotSet.of(hot.stream().mapToLong(Long::longValue).toArray());
        return current;
    }

    /** As of the last look. */
    public HotSet current() {
        return current;
    }
}
