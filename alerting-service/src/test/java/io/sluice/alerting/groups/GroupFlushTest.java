package io.sluice.alerting.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.alert.Fingerprint;
import io.sluice.alerting.groups.GroupFlush.Decision;
import io.sluice.alerting.groups.GroupFlush.Member;
import io.sluice.alerting.outbox.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupFlushTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration REPEAT = Duration.ofHours(4);
    private static final Instant DAYS_AWAY = NOON.plus(Duration.ofDays(2));

    private final GroupFlush flush = new GroupFlush(INTERVAL, REPEAT);

    @Test
    void a_new_alert_is_told_about_and_the_group_looked_at_again_when_it_is_to_be_repeated() {
        Decision.Tell tell = tell(null, firing("new", false, DAYS_AWAY));
        assertThat(tell.kind()).isEqualTo(Kind.FIRING);
        assertThat(tell.firing()).hasSize(1);
        assertThat(tell.resolved()).isEmpty();
        assertThat(tell.acceptedAt()).isEqualTo(NOON.minusSeconds(30));
        assertThat(tell.dueAt()).isEqualTo(NOON.plus(REPEAT));
    }

    @Test
    void those_told_about_already_are_in_the_notification_of_a_new_one() {
        Decision.Tell tell =
                tell(NOON.minus(INTERVAL), firing("old", true, DAYS_AWAY), firing("new", false, DAYS_AWAY));
        assertThat(tell.firing()).hasSize(2);
    }

    @Test
    void nothing_new_before_the_repeat_is_quiet() {
        assertThat(flush.at(NOON, List.of(firing("old", true, DAYS_AWAY)), NOON.minus(INTERVAL)))
                .isEqualTo(new Decision.Quiet(NOON.minus(INTERVAL).plus(REPEAT)));
    }

    @Test
    void what_still_fires_is_repeated_from_the_very_moment_of_the_repeat() {
        assertThat(flush.at(
                        NOON,
                        List.of(firing("old", true, DAYS_AWAY)),
                        NOON.minus(REPEAT).plusMillis(1)))
                .isInstanceOf(Decision.Quiet.class);
        assertThat(tell(NOON.minus(REPEAT), firing("old", true, DAYS_AWAY)).kind())
                .isEqualTo(Kind.REPEAT);
    }

    @Test
    void one_over_while_another_fires_is_told_as_resolved_among_the_firing() {
        Decision.Tell tell = tell(NOON.minus(INTERVAL), over("gone", true), firing("old", true, DAYS_AWAY));
        assertThat(tell.kind()).isEqualTo(Kind.RESOLVED);
        assertThat(tell.firing()).hasSize(1);
        assertThat(tell.resolved()).hasSize(1);
    }

    @Test
    void a_group_that_is_over_waits_for_nothing() {
        Decision.Tell tell = tell(NOON.minus(INTERVAL), over("gone", true));
        assertThat(tell.kind()).isEqualTo(Kind.RESOLVED);
        assertThat(tell.dueAt()).isNull();
    }

    @Test
    void an_alert_that_came_and_went_untold_is_never_told_as_resolved() {
        assertThat(flush.at(NOON, List.of(over("short", false)), null)).isEqualTo(new Decision.Quiet(null));
    }

    @Test
    void an_alert_whose_end_is_this_moment_is_over() {
        assertThat(tell(NOON.minus(INTERVAL), firing("ending", true, NOON)).kind())
                .isEqualTo(Kind.RESOLVED);
    }

    @Test
    void the_group_is_looked_at_when_its_first_alert_runs_out_but_not_within_the_interval() {
        assertThat(tell(null, firing("a", false, NOON.plusSeconds(900)), firing("b", false, DAYS_AWAY))
                        .dueAt())
                .isEqualTo(NOON.plusSeconds(900));
        assertThat(tell(null, firing("a", false, NOON.plusSeconds(10))).dueAt()).isEqualTo(NOON.plus(INTERVAL));
    }

    @Test
    void an_empty_group_is_quiet() {
        assertThat(flush.at(NOON, List.of(), NOON)).isEqualTo(new Decision.Quiet(null));
    }

    private Decision.Tell tell(@Nullable Instant notifiedAt, Member... members) {
        Decision decision = flush.at(NOON, List.of(members), notifiedAt);
        return assertThat(decision).asInstanceOf(type(Decision.Tell.class)).actual();
    }

    private static Member firing(String name, boolean told, Instant end) {
        return member(name, told, end, false);
    }

    private static Member over(String name, boolean told) {
        return member(name, told, NOON.minusSeconds(5), true);
    }

    private static Member member(String name, boolean told, Instant end, boolean resolved) {
        TreeMap<String, String> labels = new TreeMap<>(Map.of("alertname", name));
        Instant received = NOON.minusSeconds(30);
        Alert alert = new Alert(
                Fingerprint.of(labels), labels, new TreeMap<>(), received, end, received, false, resolved, "");
        return new Member(alert, told, received);
    }
}
