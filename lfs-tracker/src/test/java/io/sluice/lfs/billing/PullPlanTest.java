package io.sluice.lfs.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PullPlanTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final Instant NOW = TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final PullPlan plan = new PullPlan(new SmallRyeConfigBuilder()
            .withMapping(BillingConfig.class)
            .withDefaultValue("sluice.lfs.billing.history-days", "10")
            .build()
            .getConfigMapping(BillingConfig.class));

    @Test
    void begins_with_the_whole_history_youngest_first() {
        assertThat(plan.due(NOW, Map.of(), day -> false))
                .hasSize(11)
                .startsWith(TODAY, TODAY.minusDays(1))
                .endsWith(TODAY.minusDays(10));
    }

    @Test
    void pulls_young_days_often_and_old_days_no_more() {
        Map<LocalDate, BilledDay> pulled = pulled(NOW.minus(Duration.ofMinutes(15)));
        assertThat(plan.due(NOW, pulled, day -> false)).containsExactly(TODAY, TODAY.minusDays(1));

        pulled = pulled(NOW.minus(Duration.ofHours(1)));
        assertThat(plan.due(NOW, pulled, day -> false)).hasSize(7).contains(TODAY.minusDays(6));
    }

    @Test
    void pulls_a_day_again_that_was_not_settled_when_the_service_went_away() {
        LocalDate old = TODAY.minusDays(9);
        Map<LocalDate, BilledDay> pulled = pulled(NOW);
        pulled.put(old, state(old, old.atTime(20, 0).toInstant(ZoneOffset.UTC)));

        assertThat(plan.due(NOW, pulled, day -> false)).containsExactly(old);
    }

    @Test
    void pulls_the_previous_month_daily_until_the_fifth() {
        Instant fourth = Instant.parse("2026-11-04T12:00:00Z");
        LocalDate october = LocalDate.of(2026, 10, 25);
        Map<LocalDate, BilledDay> pulled = new TreeMap<>();
        LocalDate.of(2026, 10, 25)
                .datesUntil(LocalDate.of(2026, 11, 5))
                .forEach(day -> pulled.put(day, state(day, fourth.minus(Duration.ofMinutes(1)))));
        pulled.put(october, state(october, fourth.minus(Duration.ofHours(24))));

        assertThat(plan.due(fourth, pulled, day -> false)).containsExactly(october);
        Instant fifth = fourth.plus(Duration.ofHours(24));
        pulled.replaceAll((day, state) -> state(day, fifth));
        pulled.put(october, state(october, fifth.minus(Duration.ofHours(25))));
        assertThat(plan.due(fifth, pulled, day -> false)).containsExactly(LocalDate.of(2026, 11, 5));
    }

    @Test
    void leaves_out_what_is_held_and_puts_first_days_last() {
        Instant second = Instant.parse("2026-11-02T12:00:00Z");
        LocalDate held = LocalDate.of(2026, 10, 31);

        List<LocalDate> due = plan.due(second, Map.of(), held::equals);

        assertThat(due)
                .doesNotContain(held)
                .startsWith(LocalDate.of(2026, 11, 2))
                .endsWith(LocalDate.of(2026, 11, 1));
    }

    private static Map<LocalDate, BilledDay> pulled(Instant at) {
        Map<LocalDate, BilledDay> days = new TreeMap<>();
        TODAY.minusDays(10).datesUntil(TODAY.plusDays(1)).forEach(day -> days.put(day, state(day, at)));
        return days;
    }

    private static BilledDay state(LocalDate day, Instant at) {
        return new BilledDay(day, at, "ab", null, false, null);
    }
}
