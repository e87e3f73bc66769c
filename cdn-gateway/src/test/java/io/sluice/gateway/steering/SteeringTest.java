package io.sluice.gateway.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.gateway.pricing.Offer;
import io.sluice.gateway.pricing.Offer.Kind;
import io.sluice.gateway.pricing.Offer.Stretch;
import io.sluice.gateway.steering.Allocation.Demand;
import io.sluice.gateway.steering.PerformanceBand.Measured;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SteeringTest {
    private static final double ALL = Double.POSITIVE_INFINITY;
    private static final List<Boolean> BOTH = List.of(true, true);
    private static final List<Double> NO_EXTRA = List.of(0.0, 0.0);

    @Test
    void fills_what_is_paid_for_first_and_buys_the_rest_where_it_is_cheapest() {
        Offer commit = offer(new Stretch(100, 0, Kind.PERCENTILE_COMMIT), new Stretch(ALL, 9, Kind.PERCENTILE_OVERAGE));
        Offer tier = offer(new Stretch(ALL, 0.04, Kind.TIER));
        assertThat(shares(400, commit, tier)).containsExactly(0.25, 0.75);
        assertThat(shares(80, commit, tier)).containsExactly(1.0, 0.0);
        assertThat(shares(0, commit, tier)).as("before anything is measured").containsExactly(1.0, 0.0);
    }

    @Test
    void markets_share_what_is_paid_for() {
        Offer commit = offer(new Stretch(100, 0, Kind.PERCENTILE_COMMIT), new Stretch(ALL, 9, Kind.PERCENTILE_OVERAGE));
        Offer tier = offer(new Stretch(ALL, 0.04, Kind.TIER));
        Demand demand = new Demand(100, List.of(commit, tier), BOTH, NO_EXTRA);
        assertThat(Allocation.of(List.of(demand, demand))).containsExactly(List.of(1.0, 0.0), List.of(0.0, 1.0));
    }

    @Test
    void a_cdn_that_misses_more_is_dearer_by_what_the_origin_costs() {
        Offer cheap = offer(new Stretch(ALL, 0.010, Kind.TIER));
        Offer dear = offer(new Stretch(ALL, 0.012, Kind.TIER));
        double origin = ShadowPrice.originPerGb(0.5, 0.0875);
        List<Double> extra = List.of(ShadowPrice.servedPerGb(origin, 0.7), ShadowPrice.servedPerGb(origin, 0.95));
        assertThat(Allocation.of(List.of(new Demand(10, List.of(cheap, dear), BOTH, extra)))
                        .getFirst())
                .containsExactly(0.0, 1.0);
    }

    @Test
    void a_cdn_that_is_not_eligible_gets_nothing_and_costs_everything() {
        Offer tier = offer(new Stretch(ALL, 0.04, Kind.TIER));
        Demand demand = new Demand(10, List.of(tier, tier), List.of(false, true), NO_EXTRA);
        assertThat(Allocation.of(List.of(demand)).getFirst()).containsExactly(0.0, 1.0);
        assertThat(Allocation.gain(demand, List.of(0.5, 0.5), List.of(0.0, 1.0)))
                .isEqualTo(1);
    }

    @Test
    void the_band_is_fifteen_percent_and_ten_milliseconds_wide() {
        assertThat(band(measured(100, 0), measured(124, 0), measured(126, 0))).containsExactly(true, true, false);
        assertThat(band(measured(100, 0), null)).as("nobody measured it").containsExactly(true, true);
        assertThat(band(measured(100, 0.02), measured(100, 0.024), measured(100, 0.026)))
                .as("half a point of errors")
                .containsExactly(true, true, false);
        assertThat(band(measured(100, 0), measured(100, 0.01)))
                .as("within the objective")
                .containsExactly(true, true);
    }

    @Test
    void shares_wait_for_three_looks_and_then_move_ten_points_in_thirty_seconds() {
        ShareDamper damper = new ShareDamper(List.of(0.5, 0.5), 0);
        List<Double> wanted = List.of(0.9, 0.1);
        assertThat(damper.next(wanted, 0.5, 10, 1)).containsExactly(0.5, 0.5);
        assertThat(damper.next(wanted, 0.5, 20, 1)).containsExactly(0.5, 0.5);
        assertThat(damper.next(wanted, 0.5, 50, 1).getFirst()).isCloseTo(0.6, within(1e-9));
        assertThat(damper.next(wanted, 0.5, 170, 1).getFirst()).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void shares_stay_for_a_small_gain_and_for_a_minute_after_they_moved() {
        ShareDamper damper = new ShareDamper(List.of(0.5, 0.5), 0);
        for (int second = 10; second <= 100; second += 10) {
            assertThat(damper.next(List.of(0.9, 0.1), 0.09, second, 1)).containsExactly(0.5, 0.5);
        }
        damper.next(List.of(0.6, 0.4), 0.5, 110, 1);
        damper.next(List.of(0.6, 0.4), 0.5, 111, 1);
        damper.next(List.of(0.6, 0.4), 0.5, 141, 1);
        assertThat(damper.shares().getFirst()).isCloseTo(0.6, within(1e-9));
        for (int second = 142; second < 200; second += 10) {
            assertThat(damper.next(List.of(0.2, 0.8), 0.5, second, 1).getFirst())
                    .isCloseTo(0.6, within(1e-9));
        }
        assertThat(damper.next(List.of(0.2, 0.8), 0.5, 205, 1).getFirst()).isLessThan(0.6);
    }

    @Test
    void shares_move_no_faster_than_the_origin_can_bear() {
        double most = OriginGuard.share(10, 600, 60);
        assertThat(most)
                .as("60 of 600 Mbit/s within ten minutes, for ten seconds")
                .isCloseTo(0.1 / 60, within(1e-9));
        ShareDamper damper = new ShareDamper(List.of(1.0, 0.0), 0);
        for (int second = 10; second <= 30; second += 10) {
            damper.next(List.of(0.0, 1.0), 1, second, most);
        }
        assertThat(damper.shares().getLast()).isCloseTo(most, within(1e-9));
        assertThat(OriginGuard.share(10, 600, Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    private static List<Double> shares(double mbps, Offer... offers) {
        return Allocation.of(List.of(new Demand(mbps, List.of(offers), BOTH, NO_EXTRA)))
                .getFirst();
    }

    private static Offer offer(Stretch... stretches) {
        return new Offer(List.of(stretches));
    }

    private static List<Boolean> band(@Nullable Measured... measured) {
        return PerformanceBand.of(Arrays.asList(measured), 0.01);
    }

    private static Measured measured(double millis, double errors) {
        return new Measured(millis, errors, 1000);
    }
}
