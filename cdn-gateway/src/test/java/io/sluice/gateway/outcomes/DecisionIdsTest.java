package io.sluice.gateway.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.outcomes.DecisionIds.DecisionId;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.signing.SigningConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");
    private static final Snapshot SNAPSHOT = Snapshot.of(
            7,
            List.of(
                    new Candidate("edge-a", "http://a", 1, CdnStatus.UP),
                    new Candidate("edge-b", "http://b", 1, CdnStatus.UP)),
            AllDown.ANSWERING);
    private static final Ip CLIENT = ip("203.0.113.7");

    private final DecisionIds ids = ids("k1", Map.of("k1", "a-secret-of-sixteen"));

    @Test
    void an_id_tells_what_was_decided_for_which_network() {
        DecisionId read = Objects.requireNonNull(ids.read(ids.issue(SNAPSHOT, 1, CLIENT, 42)));
        assertThat(read.cdn()).isEqualTo("edge-b");
        assertThat(read.market()).isEqualTo("default");
        assertThat(read.minute()).isEqualTo((int) (NOW.getEpochSecond() / 60));
        assertThat(read.network()).isEqualTo(DecisionIds.network(ip("203.0.113.250")));
        assertThat(read.token()).hasSize(48);
    }

    @Test
    void a_network_is_a_24_or_a_48() {
        assertThat(DecisionIds.network(ip("203.0.113.0"))).isNotEqualTo(DecisionIds.network(ip("203.0.112.255")));
        assertThat(DecisionIds.network(ip("2001:db8:1::1"))).isEqualTo(DecisionIds.network(ip("2001:db8:1:ffff::9")));
        assertThat(DecisionIds.network(ip("2001:db8:1::1"))).isNotEqualTo(DecisionIds.network(ip("2001:db8:2::1")));
    }

    @Test
    void the_same_client_asking_for_the_same_within_a_minute_has_the_same_id() {
        long key = 0x1234_5678_0000_0000L;
        assertThat(ids.issue(SNAPSHOT, 0, CLIENT, key)).isEqualTo(ids.issue(SNAPSHOT, 0, CLIENT, key));
        assertThat(ids.issue(SNAPSHOT, 0, CLIENT, key)).isNotEqualTo(ids.issue(SNAPSHOT, 0, CLIENT, ~key));
    }

    @Test
    void no_part_of_an_id_can_be_changed() {
        String id = ids.issue(SNAPSHOT, 0, CLIENT, 42);
        for (int at = 0; at < id.length(); at++) {
            char other = id.charAt(at) == 'b' ? 'c' : 'b';
            String forged = id.substring(0, at) + other + id.substring(at + 1);
            assertThat(ids.read(forged)).as(forged).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "AAAA.edge-a.default", "%.edge-a.default", "a.b.c.d.e"})
    void what_is_no_id_is_none(String id) {
        assertThat(ids.read(id)).isNull();
    }

    @Test
    void ids_of_an_old_key_are_read_as_long_as_it_is_known() {
        String id = ids.issue(SNAPSHOT, 0, CLIENT, 42);
        assertThat(ids("k2", Map.of("k1", "a-secret-of-sixteen", "k2", "another-of-sixteen"))
                        .read(id))
                .isNotNull();
        assertThat(ids("k2", Map.of("k2", "another-of-sixteen")).read(id)).isNull();
    }

    private static DecisionIds ids(String active, Map<String, String> secrets) {
        return new DecisionIds(
                new SigningConfig() {
                    @Override
                    public String active() {
                        return active;
                    }

                    @Override
                    public Map<String, String> keys() {
                        Map<String, String> keys = new HashMap<>();
                        secrets.forEach((kid, secret) -> keys.put(
                                kid, Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.US_ASCII))));
                        return keys;
                    }
                },
                InstantSource.fixed(NOW));
    }

    private static Ip ip(String text) {
        return Objects.requireNonNull(Ip.parse(text));
    }
}
