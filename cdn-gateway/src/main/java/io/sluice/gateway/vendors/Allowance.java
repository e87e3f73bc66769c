package io.sluice.gateway.vendors;

/**
 * A token bucket of a vendor, and what one call takes from it.
 *
 * @param bucket its name: calls that share a limit share a bucket
 * @param capacity most tokens it holds, at least 1
 * @param perSecond tokens that come back each second, above 0
 * @param cost tokens that the call takes, 1 to {@code capacity}
 */
public record Allowance(String bucket, double capacity, double perSecond, double cost) {
    public Allowance {
        if (!(capacity >= 1 && perSecond > 0 && cost >= 1)) {
            throw new IllegalArgumentException("capacity, cost >= 1 and perSecond > 0 needed");
        }
        cost = Math.min(cost, capacity);
    }

    /** Seconds until {@code calls} such calls are through a full bucket, waiting for nothing else. */
    public double secondsFor(long calls) {
        return Math.max(0, (calls * cost - capacity) / perSecond);
    }
}
