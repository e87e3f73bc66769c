package io.sluice.gateway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.geo.GeoTable;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.RoutingTable;
import io.sluice.gateway.selection.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameDecisionTest {
    private static final Candidate BIG = new Candidate("big", "https://big.example", 70, CdnStatus.UP);
    private static final Candidate SMALL = new Candidate("small", "https://small.example/base", 30, CdnStatus.UP);

    @Test
    void the_leader_has_every_name() {
        for (int i = 0; i < 50; i++) {
            assertThat(target("n" + i + ".cdn.test", NameChoice.LEADER, BIG, SMALL))
                    .isEqualTo("big.example.");
        }
    }

    @Test
    void names_as_keys_are_split_by_share() {
        int small = 0;
        for (int i = 0; i < 1000; i++) {
            String target = target("n" + i + ".cdn.test", NameChoice.BY_NAME, BIG, SMALL);
            small += "small.example.".equals(target) ? 1 : 0;
        }
        assertThat(small).isBetween(250, 350);
    }

    @Test
    void a_leader_that_is_tried_out_only_is_none() {
        Candidate tried = BIG.withStatus(CdnStatus.TRIAL);
        Set<@Nullable String> targets = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            targets.add(target("n" + i + ".cdn.test", NameChoice.LEADER, tried, SMALL));
        }
        assertThat(targets).containsExactly("small.example.");
    }

    @Test
    void there_is_no_target_when_no_cdn_may_be_used() {
        assertThat(target(
                        "img.cdn.test",
                        NameChoice.LEADER,
                        BIG.withStatus(CdnStatus.DRAINED),
                        SMALL.withStatus(CdnStatus.DRAINED)))
                .isNull();
    }

    @Test
    void a_cdn_known_by_its_address_is_answered_with_it() {
        assertThat(Target.of(new Candidate("a", "http://127.0.0.1:8071", 1, CdnStatus.UP), Map.of()))
                .isEqualTo(new Target("A", "127.0.0.1"));
        assertThat(Target.of(new Candidate("a", "http://[2001:db8::7]:80", 1, CdnStatus.UP), Map.of()))
                .isEqualTo(new Target("AAAA", "2001:db8::7"));
        assertThat(Target.of(BIG, Map.of("big", "Other.Example"))).isEqualTo(new Target("CNAME", "other.example."));
    }

    private static @Nullable String target(String name, NameChoice choice, Candidate... candidates) {
        Snapshot snapshot = Snapshot.of(1, List.of(candidates), AllDown.ANSWERING);
        NameDecision decision = NameDecision.of(
                name,
                choice,
                Objects.requireNonNull(Ip.parse("192.0.2.1")),
                24,
                RoutingTable.of(snapshot, Countries.SIZE),
                GeoTable.EMPTY,
                cdn -> Target.of(cdn, Map.of()));
        assertThat(decision.scope()).isZero();
        return decision.target() == null ? null : decision.target().content();
    }
}
