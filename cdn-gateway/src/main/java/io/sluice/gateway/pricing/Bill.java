package io.sluice.gateway.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What a contract comes to for a whole month. */
public final class Bill {
    private Bill() {}

    /**
     * The bill of a month.
     *
     * @param gbByMarket GB of the month by market; not read for a percentile commit
     * @param samplesMbps mean bandwidth of each 5 minutes; read for a percentile commit only
     */
    public static double of(Contract contract, Map<String, Double> gbByMarket, double[] samplesMbps) {
        Contract.PercentileCommit percentile = contract.percentile();
        if (percentile != null) {
            double above = Math.max(0, MonthUsage.p95(samplesMbps) - percentile.mbps());
            return money(percentile.price()) + above * money(percentile.overagePerMbps());
        }
        Contract.Commit commit = contract.commit();
        Double free = contract.freeGb();
        double included = Math.max(commit == null ? 0 : commit.gb(), free == null ? 0 : free);
        double total =
                gbByMarket.values().stream().mapToDouble(Double::doubleValue).sum();
        double bill = commit == null ? 0 : money(commit.price());
        for (Map.Entry<String, Double> market : gbByMarket.entrySet()) {
            double part = total > 0 ? market.getValue() / total : 0;
            bill += above(contract, market.getKey(), included * part, market.getValue());
        }
        return bill;
    }

    /** The price of what lies between two amounts of a month in one market. */
    private static double above(Contract contract, String market, double from, double to) {
        Map<String, List<Contract.Tier>> tiers = contract.tiers();
        if (tiers == null) {
            return 0;
        }
        double price = 0;
        double at = from;
        for (Contract.Tier tier : tiers.getOrDefault(market, tiers.getOrDefault(Contract.ANYWHERE, List.of()))) {
            Double upTo = tier.upToGb();
            double end = upTo == null ? to : Math.min(to, upTo);
            if (end > at) {
                price += (end - at) * money(tier.perGb());
                at = end;
            }
        }
        return price;
    }

    private static double money(BigDecimal amount) {
        return amount.doubleValue();
    }
}
