package io.sluice.metrics.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.contracts.outcome.CdnScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PanelTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");
    private static final Scorecard SCORECARD = new Scorecard(30, 5);

    @Test
    void one_network_moves_nothing_whatever_it_says() {
        List<Vote> honest = votes("a", 10, 6, 80);
        List<Vote> attacked = new ArrayList<>(honest);
        attacked.addAll(Collections.nCopies(20, new Vote("a", "m", "evil", 0, true, null)));
        attacked.addAll(Collections.nCopies(20, new Vote("a", "m", "slow", 0, false, 60_000)));

        Panel panel = new Panel(attacked);

        assertThat(panel.errorRatio()).isZero();
        assertThat(panel.medianTtfbMillis()).isEqualTo(80);
        assertThat(panel.ttfbMillis(0.95)).isEqualTo(80);
        assertThat(panel.availability()).isEqualTo(1);
    }

    @Test
    void networks_weigh_the_same_however_many_votes_they_have() {
        List<Vote> votes = new ArrayList<>();
        for (int network = 0; network < 10; network++) {
            int failed = network < 5 ? 1 : 0;
            for (int i = 0; i < (network < 5 ? 2 : 20); i++) {
                boolean fails = i < failed;
                votes.add(new Vote("a", "m", "n" + network, 0, fails, fails ? null : 50));
            }
        }
        assertThat(new Panel(votes).errorRatio())
                .as("five of half and five of none, one of either left out")
                .isEqualTo(0.25, within(1e-9));
    }

    @Test
    void quantiles_of_many_networks_are_those_of_all_requests() {
        Random random = new Random(3);
        List<Vote> votes = new ArrayList<>();
        for (int network = 0; network < 200; network++) {
            for (int i = 0; i < 10; i++) {
                votes.add(new Vote("a", "m", "n" + network, i, false, 1 + random.nextInt(1000)));
            }
        }
        Panel panel = new Panel(votes);
        assertThat(panel.ttfbMillis(0.5)).isCloseTo(500, within(30.0));
        assertThat(panel.ttfbMillis(0.95)).isCloseTo(950, within(20.0));
        assertThat(panel.medianTtfbMillis()).isCloseTo(500, within(60.0));
    }

    @Test
    void a_minute_is_lost_when_half_of_the_networks_fail_in_it() {
        List<Vote> votes = votes("a", 6, 10, 80);
        for (int network = 0; network < 6; network++) {
            votes.add(new Vote("a", "m", "n" + network, 10, network < 3, network < 3 ? null : 80));
            votes.add(new Vote("a", "m", "n" + network, 11, network < 2, network < 2 ? null : 80));
        }
        assertThat(new Panel(votes).availability()).isEqualTo(11 / 12.0, within(1e-9));
    }

    @Test
    void a_cdn_is_judged_by_thirty_votes_of_five_networks_only() {
        assertThat(score(votes("a", 4, 20, 80)).enough()).isFalse();
        assertThat(score(votes("a", 29, 1, 80)).enough()).isFalse();
        assertThat(score(votes("a", 29, 1, 80)).score()).isNull();
        assertThat(score(votes("a", 5, 6, 80)).enough()).isTrue();
        assertThat(score(votes("a", 5, 6, 80)).score()).isEqualTo(100);
    }

    @Test
    void the_score_falls_with_time_and_failures_against_the_fastest_of_the_market() {
        List<Vote> votes = votes("a", 10, 6, 50);
        votes.addAll(votes("b", 10, 6, 100));
        votes.add(new Vote("fast-but-unproven", "m", "n1", 0, false, 1));
        List<CdnScore> scores = SCORECARD.of(votes, NOW.minusSeconds(600), NOW);
        assertThat(scores).extracting(CdnScore::cdn).containsExactly("a", "b", "fast-but-unproven");
        assertThat(scores.get(1).score()).isEqualTo(50);
        assertThat(scores.get(1).p95TtfbMillis()).isEqualTo(100);
    }

    @Test
    void a_cdn_that_only_fails_has_no_time_and_the_score_0() {
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            votes.add(new Vote("a", "m", "n" + i % 8, i % 10, true, null));
        }
        CdnScore score = score(votes);
        assertThat(score.errorRatio()).isEqualTo(1);
        assertThat(score.availability()).isZero();
        assertThat(score.p50TtfbMillis()).isNull();
        assertThat(score.score()).isEqualTo(0);
    }

    private static CdnScore score(List<Vote> votes) {
        return SCORECARD.of(votes, NOW.minusSeconds(600), NOW).getFirst();
    }

    private static List<Vote> votes(String cdn, int networks, int each, @Nullable Integer ttfbMillis) {
        List<Vote> votes = new ArrayList<>();
        for (int network = 0; network < networks; network++) {
            for (int i = 0; i < each; i++) {
                votes.add(new Vote(cdn, "m", "n" + network, i, ttfbMillis == null, ttfbMillis));
            }
        }
        return votes;
    }
}
