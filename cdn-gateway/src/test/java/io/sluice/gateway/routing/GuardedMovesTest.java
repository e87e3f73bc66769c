package io.sluice.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GuardedMovesTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final double TRAFFIC = 100;
    private static final double ORIGIN = 20;

    private final GuardedMoves moves = new GuardedMoves();
    private final Candidate up = new Candidate("a", "http://a", 1, CdnStatus.UP);
    private final Candidate open = up.withStatus(CdnStatus.BREAKER_OPEN);

    @Test
    void traffic_leaves_an_open_breaker_as_fast_as_the_origin_can_fill_other_caches() {
        assertThat(takes(open, 0)).as("a fifth moves at once").isCloseTo(0.8, EXACTLY);
        assertThat(takes(open, 600)).as("it is in the caches now").isCloseTo(0.6, EXACTLY);
        assertThat(takes(open, 2400)).isZero();
    }

    @Test
    void without_a_budget_all_moves_at_once() {
        assertThat(moves.of("default", open, TRAFFIC, Double.POSITIVE_INFINITY, 0)
                        .takes())
                .isZero();
        assertThat(moves.of("default", up.taking(0.3), TRAFFIC, Double.POSITIVE_INFINITY, 1)
                        .takes())
                .isEqualTo(0.3);
    }

    @Test
    void one_that_does_not_answer_or_is_drained_loses_all_at_once() {
        assertThat(takes(up.withStatus(CdnStatus.UNREACHABLE), 0)).isZero();
        assertThat(takes(up.withStatus(CdnStatus.DRAINED), 0)).isZero();
    }

    @Test
    void a_slow_start_is_slower_when_the_origin_can_bear_less() {
        assertThat(takes(up.taking(0.01), 0)).isEqualTo(0.01);
        assertThat(takes(up.taking(0.9), 270)).as("a fifth and its warmth").isCloseTo(0.29, EXACTLY);
        assertThat(takes(up, 1200)).as("health alone would give all").isCloseTo(0.6, EXACTLY);
        assertThat(takes(up, 2400)).isEqualTo(1);
        assertThat(takes(up, 2401)).as("over").isEqualTo(1);
    }

    @Test
    void one_that_was_never_away_is_not_held_back() {
        assertThat(takes(up, 0)).isEqualTo(1);
    }

    private double takes(Candidate candidate, double seconds) {
        return moves.of("default", candidate, TRAFFIC, ORIGIN, seconds).takes();
    }
}
