package io.sluice.gateway.health;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The health of one CDN as probes and reported responses make it. Thread-safe. */
final class Watched {
    private static final int HISTORY = 20;

    private final InstantSource clock;
    private final ProbeWindow probes = new ProbeWindow();
    private final Breaker breaker;
    private final Deque<Transition> history = new ArrayDeque<>();
    private Health downAs = Health.UNREACHABLE;
    private Health health = Health.UP;
    private String lastSeen = "not probed yet";

    Watched(Breaker breaker, InstantSource clock) {
        this.breaker = breaker;
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

    /** Notices what time alone has changed. */
    synchronized boolean settle(long now) {
        Health next = probes.up()
                ? switch (breaker.state(now)) {
                    case CLOSED -> Health.UP;
                    case TRIAL -> Health.TRIAL;
                    case OPEN -> Health.BREAKER_OPEN;
                }
                : downAs;
        if (next == health) {
            return false;
        }
        if (history.size() == HISTORY) {
            history.removeFirst();
        }
        history.addLast(new Transition(clock.instant(), health, next, lastSeen));
        health = next;
        return true;
    }

    synchronized Health health() {
        return health;
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
