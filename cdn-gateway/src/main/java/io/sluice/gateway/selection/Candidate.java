package io.sluice.gateway.selection;

/**
 * A CDN as the selection sees it.
 *
 * @param name its name
 * @param url base address without a trailing slash
 * @param weight share of keys relative to the other weights, above 0
 * @param status whether it may be used
 * @param withheld buckets, of all {@link Snapshot#BUCKETS}, for which a drill lets it count as failed
 */
public record Candidate(String name, String url, double weight, CdnStatus status, int withheld) {
    /** No drill. */
    public Candidate(String name, String url, double weight, CdnStatus status) {
        this(name, url, weight, status, 0);
    }

    public Candidate {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight must be above 0, was " + weight);
        }
    }

    /** The same CDN in another state. */
    public Candidate withStatus(CdnStatus other) {
        return other == status ? this : new Candidate(name, url, weight, other, withheld);
    }
}
