package io.sluice.gateway.steering;

/**
 * How fast traffic may move to caches that are cold for it: what moves is fetched from the origin once more, so the move is
 * spread over as much time as the origin's budget asks for. It holds for moves that are made to save, for a CDN that comes back,
 * and for one whose breaker is open while it still answers; one that does not answer, or is drained, loses its traffic at once.
 */
public final class OriginGuard {
    /** How long a cache takes until most of what came new is there. */
    private static final double WARM_UP_SECONDS = 600;

    private OriginGuard() {}

    /**
     * The share of traffic that may move in a span.
     *
     * @param seconds length of the span
     * @param trafficMbps all traffic of the market
     * @param originMbps that the origin may serve above its usual load; infinite without a limit
     */
    public static double share(double seconds, double trafficMbps, double originMbps) {
        if (!(trafficMbps > 0) || Double.isInfinite(originMbps)) {
            return 1;
        }
        // A share f that moves within each warm-up time keeps f of the traffic missing: all of it is new to the cache.
        return Math.clamp(originMbps / trafficMbps * seconds / WARM_UP_SECONDS, 0, 1);
    }

    /**
     * The share of a CDN's traffic that may have moved when the move began some time ago: at once as much as the origin can serve
     * in full, and the same again with each time that it takes until that much is in the caches.
     *
     * @param seconds since the move began
     * @param trafficMbps of the CDN in the market
     * @param originMbps that the origin may serve above its usual load; infinite without a limit
     */
    public static double moved(double seconds, double trafficMbps, double originMbps) {
        if (!(trafficMbps > 0) || Double.isInfinite(originMbps)) {
            return 1;
        }
        return Math.clamp(originMbps / trafficMbps * (1 + seconds / WARM_UP_SECONDS), 0, 1);
    }
}
