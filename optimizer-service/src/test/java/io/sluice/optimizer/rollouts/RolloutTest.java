package io.sluice.optimizer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.Ack.Status;
import io.sluice.contracts.directive.RolloutStatus.State;
import io.sluice.optimizer.rollouts.Rollout.Receiver;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final Receiver HAS_IT = new Receiver(Status.APPLIED, true);
    private static final Receiver OPEN = new Receiver(null, true);

    @Test
    void completes_only_when_every_receiver_that_counts_has_it() {
        assertThat(Rollout.of(List.of(HAS_IT, OPEN), false).state()).isEqualTo(State.IN_PROGRESS);
        assertThat(Rollout.of(List.of(HAS_IT, new Receiver(Status.RECEIVED, true)), false)
                        .state())
                .isEqualTo(State.IN_PROGRESS);
        assertThat(Rollout.of(List.of(HAS_IT, new Receiver(Status.PARTIAL, true)), false)
                        .state())
                .isEqualTo(State.COMPLETE);
    }

    @Test
    void one_rejection_rejects_and_a_newer_generation_supersedes() {
        Receiver no = new Receiver(Status.REJECTED, true);
        assertThat(Rollout.of(List.of(HAS_IT, no), false).state()).isEqualTo(State.REJECTED);
        assertThat(Rollout.of(List.of(HAS_IT, no), true).state()).isEqualTo(State.SUPERSEDED);
    }

    @Test
    void does_not_wait_for_a_receiver_that_went_silent() {
        Rollout rollout = Rollout.of(List.of(HAS_IT, new Receiver(null, false)), false);
        assertThat(rollout).isEqualTo(new Rollout(State.COMPLETE, 1, 1));
    }
}
