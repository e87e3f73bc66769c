package io.sluice.gateway.pricing;

import java.util.ArrayList;
import java.util.List;

/**
 * What a CDN would take for the next traffic: stretches of bandwidth, each at a price a GB. The price is what the bill grows
 * by, not what the contract says: within a commit it is nearly 0, for that is paid already. What can be used only once - the GB of
 * a commit, the samples of a burst budget - keeps a small price, so that what would be lost otherwise is used first.
 *
 * @param stretches in the order in which they are used
 */
public record Offer(List<Stretch> stretches) {
    /** Samples of the burst budget that are never used: measurement here and at the CDN differ. */
    static final int SPARE_BURSTS = 20;

    /** Price of what is paid for but could be used later, as a part of what it cost. */
    private static final double LATER = 0.01;

    /** Price of a burst likewise: budgets that are left at the end are lost. */
    private static final double BURST = 0.1;

    /** How much of a percentile commit is planned with: traffic grows faster than shares may move. */
    private static final double HEADROOM = 0.95;

    private static final double GB_PER_MBPS_SAMPLE = MonthUsage.SAMPLE_SECONDS / 8000;

    public Offer {
        stretches = List.copyOf(stretches);
    }

    /**
     * Some bandwidth at a price.
     *
     * @param mbps how much; infinite in the last stretch
     * @param perGb what the bill grows by for each GB, or will; infinite when the CDN must not be used
     * @param kind why it costs that
     */
    public record Stretch(double mbps, double perGb, Kind kind) {}

    /** Why a stretch costs what it costs; on equal prices, the first kind is used first. */
    public enum Kind {
        /** Paid for, and lost when it is not used now. */
        PERCENTILE_COMMIT,
        /** Costs nothing. */
        FREE,
        /** Paid for, and can be used later. */
        COMMIT,
        /** The same faster than it lasts: as dear as it is likely that it will be missing. */
        COMMIT_EARLY,
        /** One more of the samples that are not billed. */
        BURST,
        /** As in the tiers. */
        TIER,
        /** Raises the sample that is billed. */
        PERCENTILE_OVERAGE,
        /** The cap is reached. */
        CAPPED
    }

    /** What a contract offers in a market. */
    public static Offer of(Contract contract, String market, MonthUsage usage) {
        List<Stretch> stretches = new ArrayList<>();
        Double cap = contract.capGb();
        if (cap != null && usage.gb() >= cap) {
            return new Offer(List.of(new Stretch(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Kind.CAPPED)));
        }
        Contract.PercentileCommit percentile = contract.percentile();
        if (percentile != null) {
            bandwidth(percentile, usage, stretches);
        } else {
            volume(contract, market, usage, stretches);
        }
        return new Offer(stretches);
    }

    private static void bandwidth(Contract.PercentileCommit commit, MonthUsage usage, List<Stretch> stretches) {
        // What is billed already cannot be lowered any more: up to there more costs nothing.
        double paid = Math.max(commit.mbps(), usage.p95Mbps());
        stretches.add(new Stretch(HEADROOM * paid, 0, Kind.PERCENTILE_COMMIT));
        if (usage.burstsUsed() + SPARE_BURSTS < usage.burstBudget()) {
            stretches.add(new Stretch(Double.POSITIVE_INFINITY, BURST * average(commit, usage), Kind.BURST));
        } else {
            double perGb = commit.overagePerMbps().doubleValue() / GB_PER_MBPS_SAMPLE;
            stretches.add(new Stretch(Double.POSITIVE_INFINITY, perGb, Kind.PERCENTILE_OVERAGE));
        }
    }

    /** What a GB costs when a percentile commit is used in full. */
    private static double average(Contract.PercentileCommit commit, MonthUsage usage) {
        return commit.price().doubleValue() / (commit.mbps() / 8000 * usage.monthSeconds());
    }

    private static void volume(Contract contract, String market, MonthUsage usage, List<Stretch> stretches) {
        Double free = contract.freeGb();
        if (free != null && usage.gb() < free) {
            stretches.add(new Stretch(Double.POSITIVE_INFINITY, 0, Kind.FREE));
            return;
        }
        double price = contract.perGb(market, usage.gb());
        Contract.Commit commit = contract.commit();
        if (commit == null || usage.gb() >= commit.gb()) {
            stretches.add(new Stretch(Double.POSITIVE_INFINITY, price, Kind.TIER));
            return;
        }
        double left = commit.gb() - usage.gb();
        double pace = left * 8000 / Math.max(MonthUsage.SAMPLE_SECONDS, (1 - usage.elapsed()) * usage.monthSeconds());
        double later = LATER * commit.price().doubleValue() / commit.gb();
        stretches.add(new Stretch(pace, later, Kind.COMMIT));
        // Faster than the pace takes from later: as dear as it is likely that the commit will not do.
        double tight = Math.clamp((usage.projectedGb() - 0.9 * commit.gb()) / (0.1 * commit.gb()), 0, 1);
        stretches.add(new Stretch(Double.POSITIVE_INFINITY, Math.max(later, price * tight), Kind.COMMIT_EARLY));
    }
}
