package io.sluice.gateway.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.gateway.pricing.Offer.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfferTest {
    private static final double MONTH = 30 * 86_400;
    private static final Contract TIERED = volume(null, null);
    private static final Contract COMMITTED = volume(new Contract.Commit(60_000, new BigDecimal("1200")), null);
    private static final Contract PERCENTILE = new Contract(
            "USD",
            null,
            null,
            null,
            new Contract.PercentileCommit(200, new BigDecimal("1200"), new BigDecimal("6")),
            null);

    @Test
    void a_tier_costs_what_it_says_in_its_market() {
        assertThat(first(TIERED, "eu", used(500, 0.5)).perGb()).isEqualTo(0.10);
        assertThat(first(TIERED, "eu", used(1000, 0.5)).perGb()).isEqualTo(0.05);
        assertThat(first(TIERED, "jp", used(500, 0.5)).perGb()).isEqualTo(0.20);
    }

    @Test
    void what_is_free_or_capped_costs_nothing_or_everything() {
        Contract contract = new Contract("USD", TIERED.tiers(), 1000.0, null, null, 5000.0);
        assertThat(first(contract, "eu", used(999, 0.5)).kind()).isEqualTo(Kind.FREE);
        assertThat(first(contract, "eu", used(1001, 0.5)).kind()).isEqualTo(Kind.TIER);
        assertThat(first(contract, "eu", used(5000, 0.5)).perGb()).isInfinite();
    }

    @Test
    void a_commit_is_nearly_free_at_its_pace_and_dear_beyond_it_when_it_gets_tight() {
        Offer relaxed = Offer.of(COMMITTED, "eu", used(20_000, 0.5));
        assertThat(relaxed.stretches().getFirst().mbps())
                .as("40 TB in 15 days")
                .isCloseTo(40_000 * 8000 / (MONTH / 2), within(0.1));
        assertThat(relaxed.stretches().getLast().perGb()).isLessThan(0.001);

        Offer tight = Offer.of(COMMITTED, "eu", used(31_000, 0.5));
        assertThat(tight.stretches().getFirst().perGb()).isLessThan(0.001);
        assertThat(tight.stretches().getLast().perGb()).as("projected 62 TB").isEqualTo(0.05);

        assertThat(first(COMMITTED, "eu", used(60_001, 0.9)).kind()).isEqualTo(Kind.TIER);
    }

    @Test
    void bandwidth_above_a_percentile_commit_is_nearly_free_while_the_burst_budget_lasts() {
        Offer fresh = Offer.of(PERCENTILE, "eu", new MonthUsage(0, 0.5, MONTH, 0, 411, 0));
        assertThat(fresh.stretches())
                .extracting(Offer.Stretch::kind)
                .containsExactly(Kind.PERCENTILE_COMMIT, Kind.BURST);
        assertThat(fresh.stretches().getFirst().mbps()).as("95 % of 200").isEqualTo(190);
        Offer spent = Offer.of(PERCENTILE, "eu", new MonthUsage(0, 0.5, MONTH, 0, 412, 0));
        assertThat(spent.stretches().getLast().kind()).isEqualTo(Kind.PERCENTILE_OVERAGE);
        assertThat(spent.stretches().getLast().perGb()).isGreaterThan(100);
    }

    @Test
    void what_is_billed_already_costs_nothing_more() {
        Offer billed = Offer.of(PERCENTILE, "eu", new MonthUsage(0, 0.9, MONTH, 0, 412, 350));
        assertThat(billed.stretches().getFirst().mbps()).as("95 % of 350").isEqualTo(332.5);
    }

    @Test
    void bills_of_a_month_are_those_of_the_vendor() {
        assertThat(Bill.of(TIERED, Map.of("eu", 1500.0), new double[0])).isCloseTo(125, within(1e-9));
        assertThat(Bill.of(COMMITTED, Map.of("eu", 50_000.0), new double[0])).isEqualTo(1200);
        assertThat(Bill.of(COMMITTED, Map.of("eu", 61_000.0), new double[0])).isCloseTo(1250, within(1e-9));
        double[] samples = new double[100];
        java.util.Arrays.fill(samples, 150);
        java.util.Arrays.fill(samples, 0, 5, 900);
        assertThat(Bill.of(PERCENTILE, Map.of(), samples))
                .as("5 % of 100 samples are free")
                .isEqualTo(1200);
        samples[5] = 300;
        assertThat(Bill.of(PERCENTILE, Map.of(), samples)).isEqualTo(1200 + 100 * 6);
    }

    private static Offer.Stretch first(Contract contract, String market, MonthUsage usage) {
        return Offer.of(contract, market, usage).stretches().getFirst();
    }

    private static MonthUsage used(double gb, double elapsed) {
        return new MonthUsage(gb, elapsed, MONTH, 0, 0, 0);
    }

    private static Contract volume(Contract.@Nullable Commit commit, @Nullable Double cap) {
        return new Contract(
                "USD",
                Map.of("*", List.of(tier(1000.0, "0.10"), tier(null, "0.05")), "jp", List.of(tier(null, "0.20"))),
                null,
                commit,
                null,
                cap);
    }

    private static Contract.Tier tier(@Nullable Double upTo, String price) {
        return new Contract.Tier(upTo, new BigDecimal(price));
    }
}
