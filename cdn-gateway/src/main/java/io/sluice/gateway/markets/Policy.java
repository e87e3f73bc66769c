package io.sluice.gateway.markets;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a market.
 *
 * @param countries ISO 3166-1 alpha-2, upper case; empty in the default market, which has all that no other names
 * @param allow CDNs that may be used; absent: all
 * @param deny CDNs that must not be used
 * @param weights of CDNs in this market, in place of their own
 * @param steering by weights when absent
 * @param exploration share of buckets for a CDN that gets nothing else, 0-0.05; 0.01 when absent
 */
@Schema(name = "MarketPolicy")
public record Policy(
        List<String> countries,
        @Nullable List<String> allow,
        List<String> deny,
        Map<String, Double> weights,
        Steering steering,
        double exploration) {
    private static final double MAX_EXPLORATION = 0.05;

    /** No rule at all. */
    public static final Policy NONE = new Policy(List.of(), null, List.of(), Map.of(), Steering.WEIGHTS, 0.01);

    public Policy {
        countries = List.copyOf(countries);
        allow = allow == null ? null : List.copyOf(allow);
        deny = List.copyOf(deny);
        weights = Map.copyOf(weights);
        require(countries.stream().allMatch(code -> code.matches("[A-Z]{2}")), "countries must be codes such as DE");
        require(allow == null || !allow.isEmpty(), "allow must name a CDN; leave it out to allow all");
        require(
                weights.values().stream().allMatch(weight -> weight > 0 && !weight.isInfinite()),
                "weights must be numbers above 0; to give a CDN nothing, deny it");
        require(exploration >= 0 && exploration <= MAX_EXPLORATION, "exploration must be 0-" + MAX_EXPLORATION);
    }

    /** Whether a CDN may be used. */
    public boolean allows(String cdn) {
        return !deny.contains(cdn) && (allow == null || allow.contains(cdn));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
