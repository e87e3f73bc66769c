package io.sluice.optimizer.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import io.sluice.optimizer.directives.DirectiveContent;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.levels.Levers;
import io.sluice.optimizer.policies.Axis;
import io.sluice.optimizer.steps.Staging.Staged;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final LevelTable TABLE = table();

    private final Staging staging = new Staging(TABLE, Rule.DEFAULT);

    @Test
    void quality_falls_for_a_growing_share_of_keys() {
        Staged first = decide(null, directive(0, 0), content(2, 0));
        assertThat(first.content().axes().egress()).isEqualTo(0.2);
        assertThat(first.content().mix().upperFraction()).isEqualTo(0.2);
        Staged second = decide(staging.advanced(plan(first), NOW), directive(0.2, 0), content(2, 0));
        assertThat(second.content().axes().egress()).isEqualTo(1);
        Staged last = decide(staging.advanced(plan(second), NOW), directive(1, 0), content(2, 0));
        assertThat(last.content().hash()).isEqualTo(content(2, 0).hash());
        assertThat(staging.advanced(plan(last), NOW).state()).isEqualTo(StepState.COMPLETE);
    }

    @Test
    void a_throttle_reaches_a_growing_share_of_receivers_and_the_others_keep_theirs() {
        Staged first = decide(null, directive(0, 3), content(0, 4));
        assertThat(first.content().rollout()).isNotNull().satisfies(rollout -> {
            assertThat(rollout.workerFraction()).isEqualTo(0.1);
            assertThat(rollout.before()).isEqualTo(directive(0, 3).throttle());
        });
        assertThat(first.content().throttle()).isEqualTo(content(0, 4).throttle());
    }

    @Test
    void what_lowers_goes_out_at_once() {
        Staged staged = decide(null, directive(3, 4), content(1, 2));
        assertThat(staged.plan()).isNull();
        assertThat(staged.content().hash()).isEqualTo(content(1, 2).hash());
    }

    @Test
    void a_small_rise_goes_out_at_once() {
        assertThat(decide(null, directive(1.4, 0), content(1.45, 0)).plan()).isNull();
    }

    @Test
    void what_is_urgent_skips_the_steps() {
        assertThat(staging.decide(null, directive(0, 0), content(3, 0), Set.of(Axis.egress), NOW)
                        .content()
                        .axes()
                        .egress())
                .isEqualTo(3);
        assertThat(staging.decide(null, directive(0, 0), content(0, 3), Set.of(Axis.origin), NOW)
                        .plan())
                .isNull();
    }

    @Test
    void a_rollback_brings_the_old_content_and_keeps_its_target_away_for_an_hour() {
        StepPlan back = plan(decide(null, directive(1, 0), content(3, 3))).in(StepState.ROLLED_BACK, "a guard", NOW);

        Staged first = decide(back, directive(1.2, 0), content(3, 3));
        assertThat(first.content().hash()).isEqualTo(content(1, 0).hash());
        assertThat(first.content().reason().code()).isEqualTo("ROLLED_BACK");
        Staged harder = decide(back, directive(1, 0), content(4, 4));
        assertThat(harder.content().hash()).isEqualTo(content(1, 0).hash());
        Staged lower = decide(back, directive(1, 0), content(0.5, 0));
        assertThat(lower.content().axes().egress()).isEqualTo(0.5);
        assertThat(lower.plan()).matches(StepPlan::over);
        Staged later = staging.decide(back, directive(1, 0), content(3, 3), Set.of(), NOW.plus(Duration.ofMinutes(61)));
        assertThat(plan(later).step()).isEqualTo(1);
        assertThat(plan(later).state()).isEqualTo(StepState.STEPPING);
        assertThat(plan(later).first()).isZero();
    }

    @Test
    void a_target_that_rises_on_the_way_begins_anew_and_one_that_falls_goes_on() {
        StepPlan half = staging.advanced(plan(decide(null, directive(0, 0), content(1, 0))), NOW);

        Staged risen = decide(half, directive(0.5, 0), content(3, 0));
        assertThat(plan(risen).step()).isEqualTo(1);
        assertThat(risen.content().axes().egress()).isEqualTo(0.5);
        Staged fallen = decide(half, directive(0.5, 0), content(0.8, 0));
        assertThat(plan(fallen).step()).isEqualTo(2);
        assertThat(fallen.content().axes().egress()).isEqualTo(0.5);
        Staged gone = decide(half, directive(0.5, 0), content(0, 0));
        assertThat(plan(gone).state()).isEqualTo(StepState.SUPERSEDED);
        assertThat(gone.content().axes().egress()).isZero();
    }

    @Test
    void a_paused_rollout_stays_paused_whatever_is_asked_for() {
        StepPlan paused = plan(decide(null, directive(0, 0), content(1, 0))).in(StepState.PAUSED, "look", NOW);
        assertThat(plan(decide(paused, directive(0.1, 0), content(3, 0))).state())
                .isEqualTo(StepState.PAUSED);
    }

    @Property
    void no_step_lowers_more_than_its_target_or_less_than_what_was_reached(
            @ForAll @DoubleRange(min = 0, max = 4) double before, @ForAll @DoubleRange(min = 0, max = 4) double after) {
        Axes axes =
                decide(null, directive(before, 0), content(after, 0)).content().axes();
        assertThat(axes.egress()).isLessThanOrEqualTo(after + 0.001);
        assertThat(axes.egress()).isGreaterThanOrEqualTo(Math.min(before, after) - 0.001);
    }

    @Test
    void steps_that_do_not_ascend_to_1_stop_the_start() {
        for (List<Double> steps :
                List.of(List.of(0.5), List.of(0.5, 0.1, 1.0), List.of(0.0, 1.0), List.of(Double.NaN))) {
            assertThatThrownBy(() -> new Staging(TABLE, new Rule(steps, Duration.ZERO, Duration.ZERO)))
                    .hasMessageContaining("sluice.optimizer.rollout.steps");
        }
    }

    private Staged decide(@Nullable StepPlan plan, Directive held, DirectiveContent target) {
        return staging.decide(plan, held, target, Set.of(), NOW);
    }

    private static StepPlan plan(Staged staged) {
        return staged.plan() == null ? fail() : staged.plan();
    }

    private static StepPlan fail() {
        throw new AssertionError("there is no plan");
    }

    private static Directive directive(double egress, double origin) {
        return content(egress, origin).as(new UUID(0, 1), 1, 1, NOW);
    }

    private static DirectiveContent content(double egress, double origin) {
        Axes axes = new Axes(egress, origin, 0, 0);
        Levers levers = Levers.of(axes, TABLE);
        return new DirectiveContent(
                "global",
                900,
                null,
                List.of("image-worker"),
                axes,
                egress == 0 ? Mix.normal("salt") : Mix.of(egress, 0.01, "salt"),
                levers.caps(),
                levers.throttle(),
                levers.cache(),
                null,
                new Directive.Reason("TEST", "test", Map.of()),
                new Directive.Actor("CONTROLLER", "test"));
    }

    private static LevelTable table() {
        try (InputStream file = LevelTable.class.getResourceAsStream("/levels.json")) {
            return new ObjectMapper().readValue(file, LevelTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
