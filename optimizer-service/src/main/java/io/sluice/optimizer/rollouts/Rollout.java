package io.sluice.optimizer.rollouts;

import io.sluice.contracts.directive.Ack.Status;
import io.sluice.contracts.directive.RolloutStatus.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout comes to.
 *
 * @param state of the whole
 * @param audience receivers that count
 * @param applied how many of them have it
 */
record Rollout(State state, int audience, int applied) {

    /**
     * A receiver that was live and in the audience when the directive was issued.
     *
     * @param status null as long as it has not answered
     * @param live whether it still gives signs of life; one that went silent without an answer is not waited for, because its
     *     own lease brings it back to normal
     */
    record Receiver(@Nullable Status status, boolean live) {
        boolean counts() {
            return live || status != null;
        }

        boolean applied() {
            return status == Status.APPLIED || status == Status.PARTIAL;
        }
    }

    /** COMPLETE means that every receiver that counts has it, not one less. */
    static Rollout of(List<Receiver> expected, boolean superseded) {
        List<Receiver> audience = expected.stream().filter(Receiver::counts).toList();
        int applied = (int) audience.stream().filter(Receiver::applied).count();
        State state = State.IN_PROGRESS;
        if (superseded) {
            state = State.SUPERSEDED;
        } else if (audience.stream().anyMatch(receiver -> receiver.status() == Status.REJECTED)) {
            state = State.REJECTED;
        } else if (applied == audience.size()) {
            state = State.COMPLETE;
        }
        return new Rollout(state, audience.size(), applied);
    }
}
