package io.sluice.gateway.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final Candidate A = candidate("a", CdnStatus.UP, 0);
    private static final Candidate B = candidate("b", CdnStatus.UP, 0);

    @Test
    void moves_the_withheld_buckets_of_one_cdn_and_no_other() {
        Snapshot before = snapshot(A, B);
        Snapshot drill = snapshot(candidate("a", CdnStatus.UP, Snapshot.BUCKETS / 4), B);
        int moved = 0;
        int displaced = 0;
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            if (before.choose(bucket) != drill.choose(bucket)) {
                assertThat(before.choose(bucket)).isZero();
                moved++;
            }
            displaced += drill.displaced(bucket) ? 1 : 0;
        }
        // A quarter of the half that a has.
        assertThat(moved).isEqualTo(displaced).isBetween(450, 575);
        assertThat(before.drilled()).isFalse();
        assertThat(drill.drilled()).isTrue();
    }

    @Test
    void a_key_that_nobody_else_can_take_stays() {
        Snapshot drill =
                snapshot(candidate("a", CdnStatus.UP, Snapshot.BUCKETS), candidate("b", CdnStatus.BREAKER_OPEN, 0));
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            assertThat(drill.choose(bucket)).isZero();
            assertThat(drill.admits(0, bucket)).isFalse();
        }
    }

    @Test
    void ends_with_the_next_snapshot_of_the_same_cdns() {
        Snapshot drill = snapshot(candidate("a", CdnStatus.UP, Snapshot.BUCKETS), B);
        assertThat(drill.choose(7)).isEqualTo(1);
        Snapshot after = snapshot(A, B);
        assertThat(after.displaced(7)).isFalse();
    }

    private static Snapshot snapshot(Candidate... candidates) {
        return Snapshot.of(1, List.of(candidates), AllDown.ANSWERING);
    }

    private static Candidate candidate(String name, CdnStatus status, int withheld) {
        return new Candidate(name, "http://" + name, 50, status, status == CdnStatus.UP ? 1 : 0, withheld);
    }
}
