package io.sluice.gateway.health;

/**
 * Which share of its keys a CDN takes after it came back: 1 % at once, and more with the time until it is all, so that its caches and
 * its servers warm up. Times are monotonic nanoseconds. Not thread-safe.
 */
final class SlowStart {
    private static final double FIRST = 0.01;

    private final long lengthNanos;
    private boolean begun;
    private long began;

    /** @param lengthNanos until it takes all; 0 for at once */
    SlowStart(long lengthNanos) {
        this.lengthNanos = lengthNanos;
    }

    /** It came back. */
    void begin(long now) {
        begun = true;
        began = now;
    }

    /** A share, 0.01-1. */
    double share(long now) {
        if (!begun || lengthNanos <= 0 || now - began >= lengthNanos) {
            return 1;
        }
        return FIRST + (1 - FIRST) * (now - began) / lengthNanos;
    }
}
