package io.sluice.gateway.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.outcomes.DecisionIds.DecisionId;
import org.junit.jupiter.api.Test;

class BallotTest {
    private final Ballot ballot = new Ballot(10, 3);

    @Test
    void a_decision_has_one_vote() {
        assertThat(ballot.cast(decision("a", 100, 1), 100)).isEqualTo(Verdict.COUNTED);
        for (int minute = 100; minute <= 110; minute++) {
            assertThat(ballot.cast(decision("a", 100, 1), minute)).isEqualTo(Verdict.DUPLICATE);
        }
        assertThat(ballot.cast(decision("a", 100, 1), 111)).isEqualTo(Verdict.STALE);
    }

    @Test
    void a_client_that_votes_ten_thousand_times_has_as_many_votes_as_its_network() {
        int counted = 0;
        for (int i = 0; i < 10_000; i++) {
            counted += ballot.cast(decision("n" + i, 100, 1), 100) == Verdict.COUNTED ? 1 : 0;
        }
        assertThat(counted).isEqualTo(3);
        assertThat(ballot.cast(decision("other", 100, 2), 100)).isEqualTo(Verdict.COUNTED);
        assertThat(ballot.cast(decision("later", 100, 1), 101)).isEqualTo(Verdict.COUNTED);
    }

    @Test
    void a_decision_of_the_future_or_of_long_ago_counts_for_nothing() {
        assertThat(ballot.cast(decision("a", 102, 1), 100)).isEqualTo(Verdict.STALE);
        assertThat(ballot.cast(decision("b", 101, 1), 100)).isEqualTo(Verdict.COUNTED);
        assertThat(ballot.cast(decision("c", 89, 1), 100)).isEqualTo(Verdict.STALE);
        assertThat(ballot.cast(decision("d", 90, 1), 100)).isEqualTo(Verdict.COUNTED);
    }

    private static DecisionId decision(String token, int minute, long network) {
        return new DecisionId(token, minute, network, "edge-a", "default");
    }
}
