package io.sluice.image.directive;

/** So many at once, and so many a second after that. Thread-safe. */
final class TokenBucket {
    private final double perSecond;
    private final int burst;
    private double tokens;
    private long lastNanos;

    /**
     * @param perSecond above 0
     * @param burst at least 1
     */
    TokenBucket(double perSecond, int burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    synchronized boolean take(long nowNanos) {
        tokens = Math.min(burst, tokens + Math.max(0, nowNanos - lastNanos) * 1e-9 * perSecond);
        lastNanos = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
