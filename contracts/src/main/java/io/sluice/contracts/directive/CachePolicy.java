package io.sluice.contracts.directive;

/**
 * How caches and warming behave.
 *
 * @param ttlMultiplier of lifetimes that are not immutable already, 1-24
 * @param staleWhileRevalidateSeconds RFC 5861
 * @param staleIfErrorSeconds RFC 5861
 * @param warmingPaused whether warming and other idle work that reads from the origin stops
 */
public record CachePolicy(
        double ttlMultiplier, int staleWhileRevalidateSeconds, int staleIfErrorSeconds, boolean warmingPaused) {
    public CachePolicy {
        if (!(ttlMultiplier >= 1 && ttlMultiplier <= 24)) {
            throw new IllegalArgumentException("ttlMultiplier must be 1-24, was " + ttlMultiplier);
        }
        if (staleWhileRevalidateSeconds < 0 || staleIfErrorSeconds < 0) {
            throw new IllegalArgumentException("stale times must not be negative");
        }
    }
}
