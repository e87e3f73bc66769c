package io.sluice.gateway.selection;

/**
 * A CDN that gets no share is still given a few buckets, another few after a while: its caches stay warm and what is known of
 * it stays fresh. Buckets, not requests: a share of all requests would put every object on every CDN.
 *
 * @param cdn which one; {@link Snapshot#NONE} for none
 * @param turn which buckets: a number that grows with time, the same in all replicas
 * @param buckets how many
 */
public record Exploration(int cdn, long turn, int buckets) {
    /** None is explored. */
    public static final Exploration NONE = new Exploration(Snapshot.NONE, 0, 0);

    /** Whether a bucket is one of those of this turn. */
    boolean has(int scattered) {
        return ((scattered - turn * buckets) & (Snapshot.BUCKETS - 1)) < buckets;
    }
}
