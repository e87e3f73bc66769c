package io.sluice.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** FNV-1a 64 over a, 0xff, b, 0xff, worked out by hand from the definition. */
    @Test
    void is_fnv_1a_over_sorted_labels() {
        long hash = 0xcbf29ce484222325L;
        for (int b : new int[] {'a', 0xff, 'b', 0xff}) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        assertThat(Fingerprint.of(new TreeMap<>(Map.of("a", "b")))).isEqualTo(Long.toHexString(hash));
        assertThat(Fingerprint.of(new TreeMap<>())).isEqualTo("cbf29ce484222325");
    }

    /** What Alertmanager 0.25 answered for this alert. */
    @Test
    void is_alertmanagers_own() {
        assertThat(Fingerprint.of(
                        new TreeMap<>(Map.of("alertname", "foo", "severity", "P1", "team", "edge", "node", "bar"))))
                .isEqualTo("d757f4e2fc336c9d");
    }

    @Test
    void overlapping_reports_keep_the_earliest_start() {
        Alert merged = report(0, 300, false, false).then(report(60, 400, false, false));
        assertThat(merged.startsAt()).isEqualTo(NOON);
        assertThat(merged.endsAt()).isEqualTo(NOON.plusSeconds(400));
    }

    @Test
    void a_guessed_end_never_beats_a_real_one() {
        assertThat(report(0, 300, false, false)
                        .then(report(10, 200, true, false))
                        .endsAt())
                .isEqualTo(NOON.plusSeconds(300));
        assertThat(report(0, 300, true, false)
                        .then(report(10, 200, false, false))
                        .endsAt())
                .isEqualTo(NOON.plusSeconds(200));
    }

    @Test
    void a_resolve_ends_it_and_what_comes_behind_is_a_new_episode() {
        Alert over = report(0, 300, false, false).then(report(0, 100, false, true));
        assertThat(over.resolved()).isTrue();
        Alert again = over.then(report(200, 500, false, false));
        assertThat(again.resolved()).isFalse();
        assertThat(again.startsAt()).isEqualTo(NOON.plusSeconds(200));
    }

    private static Alert report(int start, int end, boolean timeout, boolean resolved) {
        TreeMap<String, String> labels = new TreeMap<>(Map.of("alertname", "A"));
        return new Alert(
                Fingerprint.of(labels),
                labels,
                new TreeMap<>(),
                NOON.plus(Duration.ofSeconds(start)),
                NOON.plus(Duration.ofSeconds(end)),
                NOON,
                timeout,
                resolved,
                "");
    }
}
