package io.sluice.gateway.edgerules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.sluice.gateway.catalogue.ChangeRates.Seen;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TtlAdviceTest {
    private static final Duration NOW = Duration.ofSeconds(30);

    @Test
    void a_collection_that_changes_often_should_be_kept_shortly() {
        // 100 sources, each changed 24 times a day: once an hour.
        TtlAdvice advice = redirects(100, 2400, Duration.ofDays(1));
        assertThat(advice.recommended()).isEqualTo(Duration.ofSeconds(7));
        assertThat(advice.staleNow()).isCloseTo(30 / 3600.0 / 2, within(1e-6));
        assertThat(advice.reason())
                .contains("2400 changes of 100 sources in PT24H", "24.0000 changes of a source a day");
    }

    @Test
    void a_collection_that_hardly_changes_may_be_kept_for_long() {
        TtlAdvice advice = redirects(10_000, 10, Duration.ofDays(10));
        assertThat(advice.recommended()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void without_a_change_the_rate_is_the_one_that_would_have_shown_in_nineteen_of_twenty_times() {
        TtlAdvice advice = redirects(100, 0, Duration.ofHours(10));
        // 3 changes in 3,600,000 seconds of sources.
        assertThat(advice.recommended()).isEqualTo(Duration.ofMinutes(40));
        assertThat(advice.reason()).contains("at most 0.0720 changes of a source a day", "less than 0.10 %");
    }

    @Test
    void nothing_is_said_before_an_hour_has_been_watched() {
        TtlAdvice advice = redirects(100, 5, Duration.ofMinutes(59));
        assertThat(advice.recommended()).isNull();
        assertThat(advice.staleNow()).isNull();
        assertThat(advice.changes()).isEqualTo(5);
    }

    @Test
    void rules_for_content_addresses_may_be_kept_for_ever_and_others_are_not_judged() {
        assertThat(EdgeRules.FIRST.rules().stream().map(TtlAdvice::rule))
                .extracting(
                        TtlAdvice::subject, advice -> Objects.requireNonNullElse(advice.recommended(), Duration.ZERO))
                .containsExactly(
                        tuple("rule:images", Duration.ofDays(365)),
                        tuple("rule:audio", Duration.ZERO),
                        tuple("rule:api", Duration.ZERO));
    }

    private static TtlAdvice redirects(long sources, long changes, Duration observed) {
        return TtlAdvice.redirects(new Seen("photos", sources, changes, 1000, observed), NOW);
    }
}
