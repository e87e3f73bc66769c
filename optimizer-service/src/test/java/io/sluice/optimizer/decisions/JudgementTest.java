package io.sluice.optimizer.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.budget.Budget;
import io.sluice.optimizer.decisions.Signals.Told;
import io.sluice.optimizer.pacing.FaultRule;
import io.sluice.optimizer.pacing.Pace.Gate;
import io.sluice.optimizer.pacing.PacingRule;
import io.sluice.optimizer.policies.Policy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Signals that lie, leap, stand still or come from another clock. */
class JudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Policy POLICY = new Policy(
            "lfs-quota",
            Policy.Kind.LFS_QUOTA,
            Policy.Mode.ACTIVE,
            true,
            1,
            PacingRule.DEFAULT,
            FaultRule.DEFAULT,
            "test",
            Instant.EPOCH);
    private static final double MOST = 4;

    @Test
    void a_reading_that_leaps_from_103_to_162_percent_is_followed_and_one_that_goes_back_does_no_harm() {
        Verdict at103 = judge(NOW, List.of(), budget("100", 103, NOW));
        assertThat(at103.level()).isEqualTo(MOST);
        Instant soon = NOW.plus(Duration.ofMinutes(3));
        Verdict at162 = judge(soon, List.of(at103), budget("100", 162, soon));
        assertThat(at162.level()).isEqualTo(MOST);
        Verdict back = judge(soon, List.of(at162), budget("100", 103, soon));
        assertThat(back.level()).isEqualTo(MOST);
    }

    @Test
    void a_stale_reading_holds_the_level_and_says_so_whatever_it_reads() {
        Verdict before = judge(NOW, List.of(), budget("100", 95, NOW));
        assertThat(before.level()).isPositive();
        Instant later = NOW.plus(PacingRule.DEFAULT.staleAfter()).plusSeconds(1);
        for (double used : new double[] {0, 95, 162}) {
            Verdict stale = judge(later, List.of(before), budget("100", used, NOW));
            assertThat(stale.pace().gate()).isEqualTo(Gate.STALE);
            assertThat(stale.level()).isEqualTo(before.level());
        }
    }

    @Test
    void a_stale_reading_never_begins_anything() {
        Verdict first = judge(NOW, List.of(), budget("100", 150, NOW.minus(Duration.ofDays(2))));
        assertThat(first.pace().gate()).isEqualTo(Gate.STALE);
        assertThat(first.level()).isZero();
    }

    @Test
    void a_limit_of_nothing_is_a_limit_and_no_limit_is_none() {
        Verdict nothing = judge(NOW, List.of(), budget("0", 1, NOW));
        assertThat(nothing.level()).isEqualTo(MOST);
        assertThat(nothing.text()).contains("1 GB used of a limit of 0").doesNotContain("no limit");
        Verdict none = judge(NOW, List.of(), budget(null, 1, NOW));
        assertThat(none.level()).isZero();
        assertThat(none.text()).contains("no limit");
    }

    @Test
    void a_budget_whose_period_is_over_asks_for_nothing() {
        Verdict over = judge(NOW.plus(Duration.ofDays(30)), List.of(), budget("100", 150, NOW));
        assertThat(over.level()).isZero();
        assertThat(over.pace().gate()).isEqualTo(Gate.OVER);
    }

    /** Two optimizers, one with a clock that goes ahead: the other takes over and finds verdicts and readings of the future. */
    @Property(tries = 100)
    void clocks_that_disagree_leave_a_level_within_its_bounds(
            @ForAll @IntRange(min = -7200, max = 7200) int ahead,
            @ForAll @IntRange(min = -7200, max = 7200) int readingAhead,
            @ForAll @DoubleRange(min = 0, max = 200) double used) {
        Instant other = NOW.plusSeconds(ahead);
        Verdict before = judge(other, List.of(), budget("100", 90, other));
        Verdict after = judge(NOW, List.of(before), budget("100", used, NOW.plusSeconds(readingAhead)));
        assertThat(after.level()).isBetween(0.0, MOST);
        assertThat(after.pace().saving()).isBetween(0.0, 1.0);
    }

    /** A meter that is read a hundred times at the same moment is read once. */
    @Test
    void the_same_reading_again_and_again_changes_nothing() {
        Verdict first = judge(NOW, List.of(), budget("100", 92, NOW));
        Verdict last = first;
        for (int i = 0; i < 100; i++) {
            last = judge(NOW, List.of(last), budget("100", 92, NOW));
        }
        assertThat(last.level()).isEqualTo(first.level());
        assertThat(last.pace().saving()).isEqualTo(first.pace().saving());
    }

    private static Verdict judge(Instant now, List<Verdict> before, Budget budget) {
        return new Judgement(CompositionTest.table(), now)
                .judge(List.of(POLICY), new Told(List.of(budget), true, null), before)
                .getFirst();
    }

    private static Budget budget(@Nullable String limit, double used, Instant usedAt) {
        BigDecimal amount = BigDecimal.valueOf(used).stripTrailingZeros();
        return new Budget(
                "lfs",
                Budget.Kind.LFS_BANDWIDTH,
                "global",
                "acme",
                "GB",
                limit == null ? null : new BigDecimal(limit),
                amount,
                usedAt,
                Budget.Basis.LIVE,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                null,
                null,
                null,
                "test");
    }
}
