package io.sluice.gateway.selection;

import java.util.List;

/** For which buckets a drill lets which CDNs count as failed. */
final class Overlay {
    /** No drill. */
    static final Overlay NONE = new Overlay(new int[0]);

    private final int[] withheld;

    private Overlay(int[] withheld) {
        this.withheld = withheld;
    }

    static Overlay of(List<Candidate> candidates) {
        int[] withheld = candidates.stream().mapToInt(Candidate::withheld).toArray();
        for (int buckets : withheld) {
            if (buckets > 0) {
                return new Overlay(withheld);
            }
        }
        return NONE;
    }

    boolean none() {
        return withheld.length == 0;
    }

    /** Buckets from all over, and other ones than those of a trial. */
    boolean withholds(int cdn, int bucket) {
        return withheld.length != 0 && ((bucket * 0xb3d + 1) & (Snapshot.BUCKETS - 1)) < withheld[cdn];
    }
}
