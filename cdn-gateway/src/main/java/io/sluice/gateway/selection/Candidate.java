package io.sluice.gateway.selection;

/**
 * A CDN as the selection sees it.
 *
 * @param name its name
 * @param url base address without a trailing slash
 * @param weight share of keys relative to the other weights, above 0
 * @param status whether it may be used
 * @param takes share of its keys that it takes, 0-1: below 1 while it starts slowly; above 0 while its breaker is open and the origin
 *     could not bear that all of them move at once. Means nothing in other states
 * @param withheld buckets, of all {@link Snapshot#BUCKETS}, for which a drill lets it count as failed
 */
public record Candidate(String name, String url, double weight, CdnStatus status, double takes, int withheld) {
    /** All of its keys when it is up, and no drill. */
    public Candidate(String name, String url, double weight, CdnStatus status) {
        this(name, url, weight, status, status == CdnStatus.UP ? 1 : 0, 0);
    }

    public Candidate {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight must be above 0, was " + weight);
        }
    }

    /** The same CDN in another state. */
    public Candidate withStatus(CdnStatus other) {
        return other == status
                ? this
                : new Candidate(name, url, weight, other, other == CdnStatus.UP ? 1 : 0, withheld);
    }

    /** The same CDN with another share of its keys. */
    public Candidate taking(double share) {
        return share == takes ? this : new Candidate(name, url, weight, status, share, withheld);
    }
}
