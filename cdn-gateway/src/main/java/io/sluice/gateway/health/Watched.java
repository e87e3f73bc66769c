package io.sluice.gateway.health;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The health of one CDN as probes and reported responses make it. Thread-safe. */
final class Watched {
    private static final int HISTORY = 20;
    private static final int MOST_MARKETS = 128;

    private final InstantSource clock;
    private final ProbeWindow probes = new ProbeWindow();
    private final Supplier<Breaker> breakers;
    private final Supplier<SlowStart> slowStarts;
    private final Breaker breaker;
    private final SlowStart slowStart;
    private final Map<String, MarketBreaker> markets = new TreeMap<>();
    private final Deque<Transition> history = new ArrayDeque<>();
    private Health downAs = Health.UNREACHABLE;
    private Health health = Health.UP;
    private String lastSeen = "not probed yet";

    /**
     * @param breakers makes one for all markets, and one for each market of which responses are reported
     * @param slowStarts likewise
     */
    Watched(Supplier<Breaker> breakers, Supplier<SlowStart> slowStarts, InstantSource clock) {
        this.breakers = breakers;
        this.slowStarts = slowStarts;
        this.breaker = breakers.get();
        this.slowStart = slowStarts.get();
        this.clock = clock;
    }

    /** Takes in a probe; answers whether the health changed. */
    synchronized boolean probed(ProbeResult result, long now) {
        switch (result) {
            case ProbeResult.Good ignored -> good(now);
            case ProbeResult.Throttled ignored -> lastSeen = "throttled by the origin";
            case ProbeResult.Wrong wrong -> bad(Health.FAILING, wrong.reason(), now);
            case ProbeResult.Silent silent -> bad(Health.UNREACHABLE, silent.reason(), now);
        }
        return settle(now);
    }

    /** Takes in responses that others saw; answers whether the health changed. */
    synchronized boolean reported(long good, long failed, long now) {
        breaker.note(good, failed, now);
        if (failed > 0) {
            lastSeen = failed + " of " + (good + failed) + " reported responses failed";
        }
        return settle(now);
    }

    /** Takes in responses to clients of one market; answers whether the health there changed. */
    synchronized boolean reported(String market, long good, long failed, long now) {
        if (markets.size() >= MOST_MARKETS && !markets.containsKey(market)) {
            return false;
        }
        return markets.computeIfAbsent(market, ignored -> new MarketBreaker(breakers.get(), slowStarts.get()))
                .note(good, failed, now);
    }

    /** Notices what time alone has changed. */
    synchronized boolean settle(long now) {
        boolean changed = settled(now);
        for (MarketBreaker market : markets.values()) {
            changed |= market.settle(now);
        }
        return changed;
    }

    private boolean settled(long now) {
        Health next = probes.up() ? of(breaker.state(now)) : downAs;
        if (next == health) {
            return false;
        }
        if (next == Health.UP) {
            slowStart.begin(now);
        }
        if (history.size() == HISTORY) {
            history.removeFirst();
        }
        history.addLast(new Transition(clock.instant(), health, next, lastSeen));
        health = next;
        return true;
    }

    /** What the state of a breaker means while probes are good. */
    static Health of(Breaker.State state) {
        return switch (state) {
            case CLOSED -> Health.UP;
            case TRIAL -> Health.TRIAL;
            case OPEN -> Health.BREAKER_OPEN;
        };
    }

    synchronized Health health() {
        return health;
    }

    /** For clients of a market. */
    synchronized Health health(String market) {
        MarketBreaker there = markets.get(market);
        return health != Health.UP || there == null ? health : there.health();
    }

    /** The share of its keys that it takes, 0.01-1: below 1 for some time after it came back. */
    synchronized double share(long now) {
        return slowStart.share(now);
    }

    /** The same for clients of a market. */
    synchronized double share(String market, long now) {
        MarketBreaker there = markets.get(market);
        return there == null ? share(now) : Math.min(share(now), there.share(now));
    }

    /** Markets in which it is not UP although it is elsewhere. */
    synchronized Map<String, Health> ailingIn() {
        Map<String, Health> ailing = new TreeMap<>();
        markets.forEach((market, there) -> {
            if (there.health() != Health.UP) {
                ailing.put(market, there.health());
            }
        });
        return ailing;
    }

    synchronized String lastSeen() {
        return lastSeen;
    }

    /** Newest last. */
    synchronized List<Transition> history() {
        return List.copyOf(history);
    }

    private void good(long now) {
        probes.note(true);
        tryOut(1, 0, now);
        lastSeen = "good";
    }

    private void bad(Health as, String reason, long now) {
        probes.note(false);
        tryOut(0, 1, now);
        downAs = as;
        lastSeen = reason;
    }

    /** Probes have a rule of their own; they only help a breaker out of its trial. */
    private void tryOut(long good, long failed, long now) {
        if (breaker.state(now) == Breaker.State.TRIAL) {
            breaker.note(good, failed, now);
        }
    }
}
