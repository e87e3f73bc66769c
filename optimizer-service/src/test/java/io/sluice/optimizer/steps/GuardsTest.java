package io.sluice.optimizer.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.optimizer.steps.Guards.Judgement;
import io.sluice.optimizer.steps.Guards.Served;
import io.sluice.optimizer.steps.Guards.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardsTest {
    private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant HELD = BEGUN.plus(Duration.ofMinutes(5));
    private static final Traffic FINE = traffic(1000, 0.01, 0.1, 1000, 0.0149, 0.119);

    private final Guards guards = new Guards(Rule.DEFAULT);

    @Test
    void goes_on_when_it_was_held_and_the_quorum_has_it() {
        assertThat(judge(status(95, 5, null), FINE, HELD)).isEqualTo(new Judgement.Advance());
        assertThat(judge(status(95, 5, null), FINE, HELD.minusMillis(1))).isInstanceOf(Judgement.Wait.class);
        assertThat(judge(status(94, 6, null), FINE, HELD)).isEqualTo(new Judgement.Wait("94 of 100 receivers have it"));
    }

    @Test
    void one_rejection_is_enough() {
        assertThat(judge(status(99, 0, Ack.Status.REJECTED), FINE, BEGUN))
                .isEqualTo(new Judgement.Trip("worker-99 rejected generation 7: no"));
    }

    @Test
    void names_who_has_not_answered_in_time() {
        Judgement late = judge(status(9, 1, null), FINE, BEGUN.plus(Duration.ofMinutes(15)));
        assertThat(late).isEqualTo(new Judgement.Trip("9 of 10 receivers have it after PT15M: waiting for [worker-9]"));
    }

    @Test
    void trips_on_errors_and_on_durations_that_rise() {
        assertThat(judge(status(1, 0, null), traffic(1000, 0.01, 0.1, 1000, 0.016, 0.1), BEGUN))
                .isEqualTo(new Judgement.Trip("1.60 % of requests fail, 1.00 % did before"));
        assertThat(judge(status(1, 0, null), traffic(1000, 0.01, 0.1, 1000, 0.01, 0.121), BEGUN))
                .isEqualTo(new Judgement.Trip("P95 is 121 ms, it was 100 ms before"));
    }

    @Test
    void few_requests_say_nothing() {
        assertThat(judge(status(1, 0, null), traffic(1000, 0, 0.1, 199, 1, 9), HELD))
                .isEqualTo(new Judgement.Advance());
        assertThat(judge(status(1, 0, null), traffic(199, 0, 0.1, 1000, 1, 9), HELD))
                .isEqualTo(new Judgement.Advance());
    }

    @Test
    void takes_no_step_blind_nor_frozen_nor_paused() {
        assertThat(judge(status(1, 0, null), Traffic.NOT_TOLD, HELD)).isInstanceOf(Judgement.Wait.class);
        assertThat(guards.judge(plan(), status(1, 0, null), FINE, true, HELD)).isInstanceOf(Judgement.Wait.class);
        StepPlan paused = plan().in(StepState.PAUSED, "lunch", BEGUN);
        assertThat(guards.judge(paused, status(1, 0, null), FINE, false, HELD)).isEqualTo(new Judgement.Wait("lunch"));
        assertThat(guards.judge(paused, status(1, 0, Ack.Status.REJECTED), FINE, false, HELD))
                .isInstanceOf(Judgement.Trip.class);
    }

    @Test
    void without_any_receiver_there_is_nobody_to_wait_for() {
        assertThat(judge(status(0, 0, null), FINE, HELD)).isEqualTo(new Judgement.Advance());
    }

    private Judgement judge(RolloutStatus status, Traffic traffic, Instant now) {
        return guards.judge(plan(), status, traffic, false, now);
    }

    private static StepPlan plan() {
        return StepPlan.begin("global", Side.NORMAL, Side.NORMAL, 3, 0.1, BEGUN).issued(7);
    }

    private static Traffic traffic(
            long requestsBefore, double errorsBefore, double p95Before, long requests, double errors, double p95) {
        return new Traffic(
                true, new Served(requestsBefore, errorsBefore, p95Before), new Served(requests, errors, p95));
    }

    private static RolloutStatus status(int applied, int silent, Ack.@Nullable Status other) {
        List<RolloutStatus.Worker> workers = new ArrayList<>();
        for (int i = 0; i < applied + silent + (other == null ? 0 : 1); i++) {
            Ack.Status status = i < applied ? Ack.Status.APPLIED : i < applied + silent ? null : other;
            workers.add(new RolloutStatus.Worker("worker-" + i, "image-worker", status, null, BEGUN, List.of(), "no"));
        }
        return new RolloutStatus(
                "global", 1, 7, RolloutStatus.State.IN_PROGRESS, workers.size(), applied, workers, null);
    }
}
