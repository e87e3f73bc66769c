package io.sluice.gateway.warming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class WarmingTermsTest {
    @Test
    void a_window_is_open_from_its_first_minute_until_before_its_last_one() {
        WarmingTerms terms = terms("02:00", "05:00", "Europe/Berlin");
        assertThat(terms.open(Instant.parse("2026-11-21T00:59:59Z"))).isEmpty();
        assertThat(terms.open(Instant.parse("2026-11-21T01:00:00Z")))
                .contains(new WarmingTerms.Window(LocalDate.of(2026, 11, 21), Instant.parse("2026-11-21T04:00:00Z")));
        assertThat(terms.open(Instant.parse("2026-11-21T04:00:00Z"))).isEmpty();
        assertThat(terms.next(Instant.parse("2026-11-21T04:00:00Z"))).isEqualTo("2026-11-22T01:00:00Z");
    }

    @Test
    void a_window_over_midnight_is_of_the_day_on_which_it_opened() {
        WarmingTerms terms = terms("23:00", "04:00", "UTC");
        assertThat(terms.open(Instant.parse("2026-11-22T03:00:00Z")))
                .contains(new WarmingTerms.Window(LocalDate.of(2026, 11, 21), Instant.parse("2026-11-22T04:00:00Z")));
        assertThat(terms.open(Instant.parse("2026-11-22T04:00:00Z"))).isEmpty();
    }

    @Test
    void a_window_keeps_its_local_time_over_the_change_to_summer_time() {
        WarmingTerms terms = terms("04:00", "05:00", "Europe/Berlin");
        assertThat(terms.next(Instant.parse("2026-03-28T12:00:00Z"))).isEqualTo("2026-03-29T02:00:00Z");
        assertThat(terms.next(Instant.parse("2026-03-27T12:00:00Z"))).isEqualTo("2026-03-28T03:00:00Z");
    }

    private static WarmingTerms terms(String from, String to, String zone) {
        return new WarmingTerms("default", LocalTime.parse(from), LocalTime.parse(to), zone, 10, false, null, null);
    }
}
