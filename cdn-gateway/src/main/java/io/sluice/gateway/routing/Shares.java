package io.sluice.gateway.routing;

import io.sluice.gateway.markets.Market;
import io.sluice.gateway.markets.Steering;
import io.sluice.gateway.pricing.Contract;
import io.sluice.gateway.pricing.MonthUsage;
import io.sluice.gateway.pricing.Offer;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.steering.Allocation;
import io.sluice.gateway.steering.PerformanceBand;
import io.sluice.gateway.steering.PerformanceBand.Measured;
import io.sluice.gateway.steering.ShadowPrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shares that would be best now, in the order hard rules, health, performance band, marginal cost. Pure. */
final class Shares {
    /** A CDN whose contract is not known: it counts as paid for. */
    private static final Contract UNKNOWN = new Contract(
            "USD",
            Map.of(Contract.ANYWHERE, List.of(new Contract.Tier(null, BigDecimal.ZERO))),
            null,
            null,
            null,
            null);

    private static final double TYPICAL_HIT_RATIO = 0.9;

    private final Inputs inputs;
    private final List<Market> markets;

    private final List<Allocation.Demand> demands;

    /** @param traffic requests of late by market */
    Shares(Inputs inputs, List<Double> traffic) {
        this.inputs = inputs;
        this.markets = inputs.markets();
        this.demands = demands(traffic);
    }

    /** What is asked for in a market and what is offered there. */
    Allocation.Demand demand(int market) {
        return demands.get(market);
    }

    /** Shares for each market and CDN; all 0 where nothing may be used. */
    List<List<Double>> wanted() {
        List<List<Double>> byCost = Allocation.of(demands);
        List<List<Double>> wanted = new ArrayList<>();
        for (int i = 0; i < markets.size(); i++) {
            wanted.add(markets.get(i).policy().steering() == Steering.COST ? byCost.get(i) : byWeight(markets.get(i)));
        }
        return wanted;
    }

    /** Whether each CDN may be judged by its price: allowed, healthy, fast enough. */
    List<Boolean> eligible(Market market) {
        List<Boolean> band = band(market);
        List<Boolean> eligible = new ArrayList<>();
        List<Candidate> candidates = inputs.candidates(market);
        for (int cdn = 0; cdn < band.size(); cdn++) {
            Candidate candidate = candidates.get(cdn);
            eligible.add(band.get(cdn)
                    && candidate.status() == CdnStatus.UP
                    && market.policy().allows(candidate.name()));
        }
        return eligible;
    }

    /** Whether each CDN is in the performance band of those that are allowed and healthy. */
    List<Boolean> band(Market market) {
        List<@Nullable Measured> measured = new ArrayList<>();
        for (Candidate candidate : inputs.candidates(market)) {
            boolean counts =
                    candidate.status() == CdnStatus.UP && market.policy().allows(candidate.name());
            measured.add(counts ? inputs.measured().apply(market.name(), candidate.name()) : null);
        }
        return PerformanceBand.of(measured, inputs.errorObjective());
    }

    Offer offer(Market market, int cdn) {
        String name = inputs.candidates().get(cdn).name();
        MonthUsage usage = inputs.usage().of(name);
        return Offer.of(inputs.contracts().getOrDefault(name, UNKNOWN), market.name(), usage);
    }

    double originPerGb(int cdn) {
        String name = inputs.candidates().get(cdn).name();
        double hitRatio = inputs.usage().hitRatio().getOrDefault(name, TYPICAL_HIT_RATIO);
        return ShadowPrice.servedPerGb(inputs.originPerGb(), hitRatio);
    }

    private List<Allocation.Demand> demands(List<Double> traffic) {
        double requests = traffic.stream().mapToDouble(Double::doubleValue).sum();
        double mbps = inputs.usage().byCdn().values().stream()
                .mapToDouble(MonthUsage::mbps)
                .sum();
        List<Allocation.Demand> demands = new ArrayList<>();
        for (int i = 0; i < markets.size(); i++) {
            Market market = markets.get(i);
            List<Offer> offers = new ArrayList<>();
            List<Double> extra = new ArrayList<>();
            for (int cdn = 0; cdn < inputs.candidates().size(); cdn++) {
                offers.add(offer(market, cdn));
                extra.add(originPerGb(cdn));
            }
            double part = requests > 0 ? traffic.get(i) / requests : 1.0 / markets.size();
            demands.add(new Allocation.Demand(mbps * part, offers, eligible(market), extra));
        }
        return demands;
    }

    private List<Double> byWeight(Market market) {
        List<Double> weights = new ArrayList<>();
        double sum = 0;
        for (Candidate candidate : inputs.candidates()) {
            boolean allowed = market.policy().allows(candidate.name());
            double weight = allowed ? market.policy().weights().getOrDefault(candidate.name(), candidate.weight()) : 0;
            weights.add(weight);
            sum += weight;
        }
        double all = sum;
        return all > 0 ? weights.stream().map(weight -> weight / all).toList() : weights;
    }
}
