package io.sluice.gateway.routing;

import io.sluice.gateway.markets.Market;
import io.sluice.gateway.pricing.Contract;
import io.sluice.gateway.pricing.Usage;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.steering.PerformanceBand.Measured;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything a plan rests on, at one moment.
 *
 * @param version of the set of CDNs
 * @param candidates all CDNs with their health, by name
 * @param inMarket a candidate as it is for a market of that name: what fails may fail for some clients only
 * @param markets the default one first
 * @param contracts by CDN; one without costs nothing that is known
 * @param usage of this month
 * @param measured by market and CDN; null where too little was seen
 * @param errorObjective ratio of errors that is no reason against a CDN
 * @param originPerGb what a GB from the origin costs now: its shadow price
 * @param originMbps what the origin may serve above its usual load while shares move
 * @param allDown what to do when no CDN is healthy
 * @param seconds a clock that only goes forward
 * @param epochSeconds the time of day, the same in all replicas
 */
public record Inputs(
        long version,
        List<Candidate> candidates,
        BiFunction<String, Candidate, Candidate> inMarket,
        List<Market> markets,
        Map<String, Contract> contracts,
        Usage usage,
        BiFunction<String, String, @Nullable Measured> measured,
        double errorObjective,
        double originPerGb,
        double originMbps,
        AllDown allDown,
        double seconds,
        long epochSeconds) {
    /** All CDNs as they are in a market, its policy left out. */
    List<Candidate> candidates(Market market) {
        return candidates.stream()
                .map(candidate -> inMarket.apply(market.name(), candidate))
                .toList();
    }
}
