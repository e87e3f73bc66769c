package io.sluice.gateway.steering;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which CDNs are fast and reliable enough in a market to be told apart by price only: time to first byte at most 15 % and 10 ms above
 * the best one's, errors at most half a point above the fewest, or within the objective. A CDN that nobody measured is in.
 */
public final class PerformanceBand {
    private static final double RATIO = 1.15;
    private static final double SLACK_MILLIS = 10;
    private static final double SLACK_ERRORS = 0.005;

    private PerformanceBand() {}

    /**
     * What was measured of a CDN in a market.
     *
     * @param ttfbMillis time to first byte that three of four requests stay below
     * @param errorRatio failed requests / all, 0-1
     * @param samples how many requests this rests on
     */
    public record Measured(double ttfbMillis, double errorRatio, long samples) {}

    /**
     * Whether each is in.
     *
     * @param measured in the order of the CDNs; null where too little was seen
     * @param errorObjective ratio of errors that is no reason against a CDN
     */
    public static List<Boolean> of(List<@Nullable Measured> measured, double errorObjective) {
        double fastest = Double.MAX_VALUE;
        double fewest = Double.MAX_VALUE;
        for (Measured one : measured) {
            if (one != null) {
                fastest = Math.min(fastest, one.ttfbMillis());
                fewest = Math.min(fewest, one.errorRatio());
            }
        }
        List<Boolean> in = new ArrayList<>();
        for (Measured one : measured) {
            in.add(one == null
                    || (one.ttfbMillis() <= fastest * RATIO + SLACK_MILLIS
                            && one.errorRatio() <= Math.max(fewest + SLACK_ERRORS, errorObjective)));
        }
        return in;
    }
}
