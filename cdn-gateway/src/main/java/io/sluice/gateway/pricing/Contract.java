package io.sluice.gateway.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a CDN is paid. All contracts of one installation are in one currency; a GB is 10^9 bytes.
 *
 * @param currency ISO 4217
 * @param tiers prices by the GB of the month, by market; {@code *} for markets that are not named. Absent with a percentile
 *     commit, which is paid by bandwidth
 * @param freeGb GB of each month that cost nothing
 * @param commit GB that are paid for whether they are used or not
 * @param percentile bandwidth that is paid for whether it is used or not
 * @param capGb GB of a month above which the CDN is not used any more, for plans without a meter and with a patience that ends
 */
@Schema(name = "Contract")
public record Contract(
        String currency,
        @Nullable Map<String, List<Tier>> tiers,
        @Nullable Double freeGb,
        @Nullable Commit commit,
        @Nullable PercentileCommit percentile,
        @Nullable Double capGb) {
    /** Name of the prices for markets that are not named. */
    public static final String ANYWHERE = "*";

    public Contract {
        require(currency != null && currency.matches("[A-Z]{3}"), "currency must be three letters such as USD");
        tiers = tiers == null ? null : Map.copyOf(tiers);
        require(tiers == null || tiers.containsKey(ANYWHERE), "tiers must have prices for *, all markets not named");
        require(tiers != null || percentile != null, "tiers is required without a percentile commit");
        require(tiers == null || percentile == null, "tiers must be absent with a percentile commit");
        require(percentile == null || commit == null, "commit must be absent with a percentile commit");
        if (tiers != null) {
            tiers.values().forEach(Contract::ascending);
        }
        require(freeGb == null || freeGb >= 0, "freeGb must be at least 0");
        require(capGb == null || capGb > 0, "capGb must be above 0");
    }

    /**
     * Prices up to an amount.
     *
     * @param upToGb GB of the month; absent in the last tier
     * @param perGb price
     */
    @Schema(name = "ContractTier")
    public record Tier(@Nullable Double upToGb, BigDecimal perGb) {
        public Tier {
            require(upToGb == null || upToGb > 0, "upToGb must be above 0");
            require(perGb != null && perGb.signum() >= 0, "perGb is required and at least 0");
        }
    }

    /**
     * GB that are paid for in any case.
     *
     * @param gb of each month
     * @param price for them; what is above costs as in the tiers
     */
    @Schema(name = "ContractCommit")
    public record Commit(double gb, BigDecimal price) {
        public Commit {
            require(gb > 0, "commit.gb must be above 0");
            require(price != null && price.signum() >= 0, "commit.price is required and at least 0");
        }
    }

    /**
     * 95/5: of the month's samples of 5 minutes the highest 5 % are free, the next one is billed.
     *
     * @param mbps paid for in any case
     * @param price for them
     * @param overagePerMbps of what the billed sample is above
     */
    @Schema(name = "ContractPercentileCommit")
    public record PercentileCommit(double mbps, BigDecimal price, BigDecimal overagePerMbps) {
        public PercentileCommit {
            require(mbps > 0, "percentile.mbps must be above 0");
            require(price != null && price.signum() >= 0, "percentile.price is required and at least 0");
            require(
                    overagePerMbps != null && overagePerMbps.signum() >= 0,
                    "percentile.overagePerMbps is required and at least 0");
        }
    }

    /** The price of a GB in a market when so many were used this month; the percentile commit has none. */
    double perGb(String market, double usedGb) {
        if (tiers == null) {
            return 0;
        }
        List<Tier> row = tiers.getOrDefault(market, tiers.get(ANYWHERE));
        for (Tier tier : row == null ? List.<Tier>of() : row) {
            Double upTo = tier.upToGb();
            if (upTo == null || usedGb < upTo) {
                return tier.perGb().doubleValue();
            }
        }
        return 0;
    }

    private static void ascending(List<Tier> row) {
        double before = 0;
        for (int i = 0; i < row.size(); i++) {
            Double upTo = row.get(i).upToGb();
            boolean last = i == row.size() - 1;
            require(last == (upTo == null), "tiers must end with one without upToGb, and only there");
            require(upTo == null || upTo > before, "tiers must ascend");
            before = upTo == null ? before : upTo;
        }
        require(!row.isEmpty(), "tiers must not be empty");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
