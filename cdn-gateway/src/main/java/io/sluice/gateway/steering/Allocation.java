package io.sluice.gateway.steering;

import io.sluice.gateway.pricing.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives the traffic of all markets to the CDNs so that the bills grow least: the cheapest stretches first, of equally cheap
 * ones those that would be lost otherwise. A greedy fill is exact here but for stretches that several markets compete for.
 */
public final class Allocation {
    private static final double NOTHING = 1e-9;

    private Allocation() {}

    /**
     * One market.
     *
     * @param mbps what is asked for there, at least 0
     * @param offers in the order of the CDNs
     * @param eligible whether each CDN may be used
     * @param extraPerGb what else a GB of each CDN costs, such as the origin's share of a low hit ratio
     */
    public record Demand(double mbps, List<Offer> offers, List<Boolean> eligible, List<Double> extraPerGb) {
        public Demand {
            offers = List.copyOf(offers);
            eligible = List.copyOf(eligible);
            extraPerGb = List.copyOf(extraPerGb);
        }
    }

    private record Choice(int market, int cdn, int stretch, double perGb, Offer.Kind kind) {}

    /** Shares of each CDN for each market, adding up to 1 where any CDN is eligible, else all 0. */
    public static List<List<Double>> of(List<Demand> markets) {
        if (markets.isEmpty()) {
            return List.of();
        }
        int cdns = markets.getFirst().offers().size();
        double[][] left = capacities(markets, cdns);
        double[][] given = new double[markets.size()][cdns];
        double[] wanted = new double[markets.size()];
        for (int market = 0; market < wanted.length; market++) {
            wanted[market] = Math.max(NOTHING, markets.get(market).mbps());
        }
        for (Choice choice : choices(markets, cdns)) {
            double amount = Math.min(wanted[choice.market], left[choice.cdn][choice.stretch]);
            given[choice.market][choice.cdn] += amount;
            wanted[choice.market] -= amount;
            left[choice.cdn][choice.stretch] -= amount;
        }
        List<List<Double>> shares = new ArrayList<>();
        for (double[] row : given) {
            shares.add(shares(row));
        }
        return shares;
    }

    /** What shares of a market cost a second, in some unit; infinite when a CDN has one that is not eligible. */
    public static double cost(Demand demand, List<Double> shares) {
        double wanted = Math.max(NOTHING, demand.mbps());
        double cost = 0;
        for (int cdn = 0; cdn < shares.size(); cdn++) {
            double left = wanted * shares.get(cdn);
            if (left > 0 && !demand.eligible().get(cdn)) {
                return Double.POSITIVE_INFINITY;
            }
            for (Offer.Stretch stretch : demand.offers().get(cdn).stretches()) {
                double amount = Math.min(left, stretch.mbps());
                cost += amount > 0
                        ? amount * (stretch.perGb() + demand.extraPerGb().get(cdn))
                        : 0;
                left -= amount;
            }
        }
        return cost;
    }

    /** How much better other shares are, 0-1; 1 when those in force are not allowed any more. */
    public static double gain(Demand demand, List<Double> inForce, List<Double> other) {
        double now = cost(demand, inForce);
        double then = cost(demand, other);
        return now > then ? (Double.isInfinite(now) ? 1 : (now - then) / now) : 0;
    }

    private static double[][] capacities(List<Demand> markets, int cdns) {
        double[][] left = new double[cdns][];
        for (int cdn = 0; cdn < cdns; cdn++) {
            left[cdn] = markets.getFirst().offers().get(cdn).stretches().stream()
                    .mapToDouble(Offer.Stretch::mbps)
                    .toArray();
        }
        return left;
    }

    private static List<Choice> choices(List<Demand> markets, int cdns) {
        List<Choice> choices = new ArrayList<>();
        for (int market = 0; market < markets.size(); market++) {
            Demand demand = markets.get(market);
            for (int cdn = 0; cdn < cdns; cdn++) {
                List<Offer.Stretch> stretches = demand.offers().get(cdn).stretches();
                for (int i = 0; demand.eligible().get(cdn) && i < stretches.size(); i++) {
                    Offer.Stretch stretch = stretches.get(i);
                    double perGb = stretch.perGb() + demand.extraPerGb().get(cdn);
                    choices.add(new Choice(market, cdn, i, perGb, stretch.kind()));
                }
            }
        }
        choices.sort(Comparator.comparingDouble(Choice::perGb)
                .thenComparing(Choice::kind)
                .thenComparingInt(Choice::market)
                .thenComparingInt(Choice::cdn));
        return choices;
    }

    private static List<Double> shares(double[] row) {
        double sum = 0;
        for (double one : row) {
            sum += one;
        }
        List<Double> shares = new ArrayList<>();
        for (double one : row) {
            shares.add(sum > 0 ? one / sum : 0);
        }
        return shares;
    }
}
