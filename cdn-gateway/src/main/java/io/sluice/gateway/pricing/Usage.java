package io.sluice.gateway.pricing;

import java.util.Map;

/**
 * What is known of the traffic of this month.
 *
 * @param byCdn by the name of the CDN; one that is missing has served nothing yet
 * @param hitRatio requests from the cache / all, 0-1, by CDN; one that is missing is not known
 * @param exceedProbability that the Git LFS quota is passed before its period ends, 0-1
 */
public record Usage(Map<String, MonthUsage> byCdn, Map<String, Double> hitRatio, double exceedProbability) {
    /** Nothing is known. */
    public static final Usage UNKNOWN = new Usage(Map.of(), Map.of(), 0);

    public Usage {
        byCdn = Map.copyOf(byCdn);
        hitRatio = Map.copyOf(hitRatio);
    }

    /** What a CDN has served. */
    public MonthUsage of(String cdn) {
        return byCdn.getOrDefault(cdn, MonthUsage.NONE);
    }
}
