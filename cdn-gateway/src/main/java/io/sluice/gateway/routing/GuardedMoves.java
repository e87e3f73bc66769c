package io.sluice.gateway.routing;

import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.steering.OriginGuard;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when the traffic of each CDN is on its way, out or back, and how much of it the origin lets move by now. Not thread-safe.
 */
final class GuardedMoves {
    private final Map<String, Move> moves = new HashMap<>();

    private record Move(boolean out, double since) {}

    /**
     * The candidate with the share of its keys that it takes now.
     *
     * @param mbps of the CDN in the market when it takes all its keys
     * @param originMbps that the origin may serve above its usual load; infinite without a limit
     * @param seconds a clock that only goes forward
     */
    Candidate of(String market, Candidate candidate, double mbps, double originMbps, double seconds) {
        String key = market + '/' + candidate.name();
        boolean out = candidate.status() == CdnStatus.BREAKER_OPEN;
        boolean back = candidate.status() == CdnStatus.UP;
        Move move = moves.get(key);
        if (!out && !back) {
            moves.remove(key);
            return candidate;
        }
        if (move == null || move.out() != out) {
            if (back && candidate.takes() >= 1) {
                return candidate;
            }
            move = new Move(out, seconds);
            moves.put(key, move);
        }
        double moved = OriginGuard.moved(seconds - move.since(), mbps, originMbps);
        if (out) {
            return candidate.taking(1 - moved);
        }
        if (moved >= 1 && candidate.takes() >= 1) {
            moves.remove(key);
        }
        return candidate.taking(Math.min(moved, candidate.takes()));
    }
}
