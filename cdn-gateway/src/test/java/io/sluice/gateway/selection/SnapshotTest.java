package io.sluice.gateway.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    @Property(tries = 50)
    void removing_a_cdn_moves_few_buckets_but_its_own(@ForAll @IntRange(min = 2, max = 8) int cdns, @ForAll int salt) {
        List<Candidate> all = candidates(cdns, salt);
        Snapshot before = Snapshot.of(1, all, AllDown.ANSWERING);
        Snapshot after = Snapshot.of(2, all.subList(1, cdns), AllDown.ANSWERING);

        int moved = 0;
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            int was = before.choose(bucket);
            moved +=
                    was == 0 || name(after, bucket).equals(before.candidate(was).name()) ? 0 : 1;
        }
        assertThat(moved).as("shares are exact again").isLessThan(Snapshot.BUCKETS * 4 / 100);
    }

    @Property(tries = 50)
    void a_cdn_that_is_out_gives_its_buckets_to_the_next_in_order(
            @ForAll @IntRange(min = 2, max = 6) int cdns, @ForAll int salt) {
        Snapshot up = Snapshot.of(1, candidates(cdns, salt), AllDown.ANSWERING);
        Snapshot down = up.withStatuses(1, statuses(cdns, 0, CdnStatus.DRAINED));

        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            int expected = up.ranked(bucket, 0) == 0 ? up.ranked(bucket, 1) : up.ranked(bucket, 0);
            assertThat(down.choose(bucket)).isEqualTo(expected);
        }
    }

    @Property(tries = 50)
    void ten_points_of_weight_move_at_most_fifteen_percent(
            @ForAll @DoubleRange(min = 20, max = 70) double weight, @ForAll int salt) {
        Snapshot before = Snapshot.of(1, shares(salt, weight, 90 - weight, 10), AllDown.ANSWERING);
        Snapshot after = Snapshot.of(2, shares(salt, weight + 10, 80 - weight, 10), AllDown.ANSWERING);

        int moved = 0;
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            moved += before.choose(bucket) == after.choose(bucket) ? 0 : 1;
        }
        assertThat(moved / (double) Snapshot.BUCKETS).isBetween(0.095, 0.15);
    }

    /** Given sets of paths: of random ones, one in a thousand strays further by the luck of the draw. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void splits_a_hundred_thousand_paths_to_half_a_point(int salt) {
        Snapshot snapshot = Snapshot.of(1, shares(salt, 50, 30, 20), AllDown.ANSWERING);
        int[] keys = new int[3];
        for (int key = 0; key < 100_000; key++) {
            keys[snapshot.choose(Snapshot.bucketOf(Hash64.of("/v/photos/" + salt + '/' + key)))]++;
        }
        assertThat(keys[0] / 1000.0).isCloseTo(50, within(0.5));
        assertThat(keys[1] / 1000.0).isCloseTo(30, within(0.5));
        assertThat(keys[2] / 1000.0).isCloseTo(20, within(0.5));
    }

    @Property(tries = 50)
    void buckets_are_shared_out_to_the_last_one_or_two(
            @ForAll @DoubleRange(min = 0.01, max = 0.6) double first,
            @ForAll @DoubleRange(min = 0.01, max = 0.39) double second,
            @ForAll int salt) {
        double[] weights = {first, second, 1 - first - second};
        Snapshot snapshot = Snapshot.of(1, shares(salt, weights), AllDown.ANSWERING);
        int[] buckets = new int[3];
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            buckets[snapshot.choose(bucket)]++;
        }
        for (int cdn = 0; cdn < 3; cdn++) {
            assertThat((double) buckets[cdn]).isCloseTo(weights[cdn] * Snapshot.BUCKETS, within(6.0));
        }
    }

    @Test
    void two_replicas_agree_whatever_the_order_of_cdns() {
        List<Candidate> some = candidates(4, 7);
        Snapshot one = Snapshot.of(1, some, AllDown.ANSWERING);
        Snapshot other = Snapshot.of(1, some.reversed(), AllDown.ANSWERING);
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            assertThat(name(one, bucket)).isEqualTo(name(other, bucket));
        }
        assertThat(Hash64.of("/v/photos/abc")).as("never changes").isEqualTo(0x43174f847fd8dd57L);
    }

    @Test
    void a_trial_takes_one_bucket_in_a_hundred() {
        Snapshot snapshot =
                Snapshot.of(1, candidates(2, 1), AllDown.ANSWERING).withStatuses(1, statuses(2, 0, CdnStatus.TRIAL));
        int trial = 0;
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            trial += snapshot.admits(0, bucket) ? 1 : 0;
        }
        assertThat(trial).isEqualTo(40);
    }

    @Test
    void a_trial_takes_all_when_nothing_else_is_up() {
        Snapshot snapshot = Snapshot.of(1, candidates(2, 1), AllDown.ANSWERING)
                .withStatuses(1, List.of(CdnStatus.TRIAL, CdnStatus.UNREACHABLE));
        assertThat(snapshot.choose(17)).isZero();
        assertThat(snapshot.panic()).isFalse();
    }

    @Test
    void uses_static_order_of_those_that_answer_when_none_is_healthy() {
        Snapshot snapshot = Snapshot.of(1, candidates(3, 1), AllDown.ANSWERING)
                .withStatuses(1, List.of(CdnStatus.FAILING, CdnStatus.UNREACHABLE, CdnStatus.DRAINED));
        assertThat(snapshot.panic()).isTrue();
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            assertThat(snapshot.choose(bucket)).isZero();
        }
    }

    @Test
    void uses_none_when_none_answers_unless_told_to() {
        List<CdnStatus> gone = List.of(CdnStatus.UNREACHABLE, CdnStatus.DRAINED);
        Snapshot answering = Snapshot.of(1, candidates(2, 1), AllDown.ANSWERING).withStatuses(1, gone);
        Snapshot always = Snapshot.of(1, candidates(2, 1), AllDown.ALWAYS).withStatuses(1, gone);
        Snapshot never = Snapshot.of(1, candidates(2, 1), AllDown.NEVER)
                .withStatuses(1, List.of(CdnStatus.FAILING, CdnStatus.FAILING));
        assertThat(answering.choose(5)).isEqualTo(Snapshot.NONE);
        assertThat(answering.usable()).isFalse();
        assertThat(always.choose(5)).isZero();
        assertThat(never.choose(5)).isEqualTo(Snapshot.NONE);
    }

    @Test
    void a_slow_start_gives_a_part_of_its_own_keys_and_ever_more_of_the_same() {
        List<Candidate> all = shares(1, 50, 50);
        Snapshot full = Snapshot.of(1, all, AllDown.ANSWERING);
        Snapshot before = Snapshot.of(2, List.of(all.get(0).taking(0.01), all.get(1)), AllDown.ANSWERING);
        Snapshot later = Snapshot.of(3, List.of(all.get(0).taking(0.5), all.get(1)), AllDown.ANSWERING);
        int first = 0;
        int half = 0;
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            first += before.choose(bucket) == 0 ? 1 : 0;
            half += later.choose(bucket) == 0 ? 1 : 0;
            if (before.choose(bucket) == 0) {
                assertThat(later.choose(bucket)).isZero();
            }
            if (later.choose(bucket) == 0) {
                assertThat(full.choose(bucket)).isZero();
            }
        }
        assertThat(first / (double) Snapshot.BUCKETS).isBetween(0.003, 0.008);
        assertThat(half / (double) Snapshot.BUCKETS).isBetween(0.23, 0.27);
    }

    @Test
    void when_all_start_slowly_they_take_all_between_them() {
        List<Candidate> all = shares(1, 50, 50);
        Snapshot both =
                Snapshot.of(1, List.of(all.get(0).taking(0.01), all.get(1).taking(0.4)), AllDown.ANSWERING);
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            assertThat(both.choose(bucket)).isNotEqualTo(Snapshot.NONE);
        }
        assertThat(both.panic()).isFalse();
    }

    @Test
    void an_open_breaker_keeps_what_may_not_move_yet() {
        List<Candidate> all = shares(1, 50, 50);
        Candidate ailing = all.get(0).withStatus(CdnStatus.BREAKER_OPEN);
        assertThat(Snapshot.of(1, List.of(ailing, all.get(1)), AllDown.ANSWERING)
                        .takes(0))
                .isZero();
        assertThat(Snapshot.of(1, List.of(ailing.taking(0.8), all.get(1)), AllDown.ANSWERING)
                        .takes(0))
                .isBetween(0.79, 0.81);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refuses_a_weight_that_is_none(double weight) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Candidate("a", "http://a", weight, CdnStatus.UP));
    }

    private static String name(Snapshot snapshot, int bucket) {
        return snapshot.candidate(snapshot.choose(bucket)).name();
    }

    private static List<Candidate> candidates(int count, int salt) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Candidate("cdn-" + salt + '-' + i, "http://" + i, 10 + i * 7, CdnStatus.UP));
        }
        return all;
    }

    private static List<Candidate> shares(int salt, double... weights) {
        List<Candidate> all = new ArrayList<>();
        for (double weight : weights) {
            all.add(new Candidate("cdn-" + salt + '-' + all.size(), "http://" + all.size(), weight, CdnStatus.UP));
        }
        return all;
    }

    private static List<CdnStatus> statuses(int count, int which, CdnStatus status) {
        List<CdnStatus> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(i == which ? status : CdnStatus.UP);
        }
        return all;
    }
}
