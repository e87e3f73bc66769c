package io.sluice.gateway.outcomes;

import io.sluice.gateway.outcomes.DecisionIds.DecisionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sees to it that a decision has one vote and a network few, in memory that is bounded. Other replicas have ballots of their own:
 * that a decision has one vote among all of them is seen to by metrics-service. Thread-safe.
 */
final class Ballot {
    private static final int MAX_VOTES = 200_000;

    private final int maxAgeMinutes;
    private final int perNetwork;
    private final Map<Long, Integer> byNetwork = new HashMap<>();
    private Set<String> seen = new HashSet<>();
    private Set<String> seenBefore = new HashSet<>();
    private long period;
    private long minute;

    Ballot(int maxAgeMinutes, int perNetwork) {
        this.maxAgeMinutes = Math.max(1, maxAgeMinutes);
        this.perNetwork = perNetwork;
    }

    /** @param now minutes since the epoch */
    synchronized Verdict cast(DecisionId decision, long now) {
        // Clocks of replicas may differ by a little.
        if (decision.minute() > now + 1 || now - decision.minute() > maxAgeMinutes) {
            return Verdict.STALE;
        }
        turn(now);
        if (seen.contains(decision.token()) || seenBefore.contains(decision.token())) {
            return Verdict.DUPLICATE;
        }
        int votes = byNetwork.getOrDefault(decision.network(), 0);
        if (votes >= perNetwork || seen.size() >= MAX_VOTES) {
            return Verdict.TOO_MANY;
        }
        byNetwork.put(decision.network(), votes + 1);
        seen.add(decision.token());
        return Verdict.COUNTED;
    }

    /** An id is remembered for as long as it counts, and at most twice that. */
    private void turn(long now) {
        if (now != minute) {
            minute = now;
            byNetwork.clear();
        }
        long next = now / (maxAgeMinutes + 1);
        if (next != period) {
            seenBefore = next == period + 1 ? seen : new HashSet<>();
            seen = new HashSet<>();
            period = next;
        }
    }
}
