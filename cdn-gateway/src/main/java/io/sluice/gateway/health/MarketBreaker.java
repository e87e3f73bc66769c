package io.sluice.gateway.health;

/** How a CDN's responses to the clients of one market go: it may fail in Brazil only. Not thread-safe. */
final class MarketBreaker {
    private final Breaker breaker;
    private final SlowStart slowStart;
    private Breaker.State last = Breaker.State.CLOSED;

    MarketBreaker(Breaker breaker, SlowStart slowStart) {
        this.breaker = breaker;
        this.slowStart = slowStart;
    }

    /** Notes responses; answers whether the state changed. */
    boolean note(long good, long failed, long now) {
        breaker.note(good, failed, now);
        return settle(now);
    }

    /** Notices what time alone has changed. */
    boolean settle(long now) {
        Breaker.State next = breaker.state(now);
        if (next == last) {
            return false;
        }
        if (next == Breaker.State.CLOSED) {
            slowStart.begin(now);
        }
        last = next;
        return true;
    }

    Health health() {
        return Watched.of(last);
    }

    double share(long now) {
        return slowStart.share(now);
    }
}
