package io.sluice.gateway.steering;

/**
 * How fast traffic may move to caches that are cold for it: what moves is fetched from the origin once more, so the move is
 * spread over as much time as the origin's budget asks for. Nobody waits for it when a CDN does not answer at all.
 */
public final class OriginGuard {
    private OriginGuard() {}

    /**
     * The share of traffic that may move in a span.
     *
     * @param seconds length of the span
     * @param trafficMbps all traffic of the market
     * @param missRatioCold misses / requests of a cache that has not seen this traffic, 0-1
     * @param warmUpSeconds how long a cache is cold for what came new
     * @param originMbps that the origin may serve above its usual load; infinite without a limit
     */
    public static double share(
            double seconds, double trafficMbps, double missRatioCold, double warmUpSeconds, double originMbps) {
        double load = trafficMbps * missRatioCold;
        if (!(load > 0) || Double.isInfinite(originMbps)) {
            return 1;
        }
        // A share f moved in each warm-up time keeps f * load of extra origin traffic going.
        return Math.clamp(originMbps / load * seconds / warmUpSeconds, 0, 1);
    }
}
