package io.sluice.gateway.selection;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which keys are hot, looked at now and then: the most popular ones, and of those that were hot before also the runners-up, so that a key on the
 * edge does not come and go. Not thread-safe.
 */
public final class HotKeys {
    private static final int SLACK = 2;

    private final Popularity popularity;
    private final int most;
    private final int leastVotes;
    private HotSet current = HotSet.NONE;

    /**
     * @param most how many keys are hot at most
     * @param leastVotes how often a key must be in the sample
     */
    public HotKeys(Popularity popularity, int most, int leastVotes) {
        this.popularity = popularity;
        this.most = most;
        this.leastVotes = leastVotes;
    }

    /** Looks anew, and lets what was counted before count half. */
    public HotSet look() {
        long[] leading = popularity.top(most * SLACK, leastVotes);
        Set<Long> hot = new LinkedHashSet<>();
        for (long hash : leading) {
            if (current.contains(hash) && hot.size() < most) {
                hot.add(hash);
            }
        }
        for (long hash : leading) {
            if (hot.size() < most) {
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
