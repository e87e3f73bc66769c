package io.sluice.gateway.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HotSpreadTest {
    private static final int OBJECTS = 20_000;
    private static final List<Double> SHARES = List.of(0.5, 0.3, 0.2);

    @Test
    void spreading_the_hottest_keys_makes_the_split_of_uneven_traffic_exact() {
        Rendezvous rendezvous = Rendezvous.of(List.of("a", "b", "c"));
        Popularity popularity = new Popularity();
        Traffic traffic = new Traffic(3, popularity);
        HotKeys keys = new HotKeys(popularity);
        SnapshotPlan plan =
                new SnapshotPlan("default", 1, candidates(), SHARES, AllDown.ANSWERING, Exploration.NONE, traffic);
        Snapshot snapshot = Snapshot.of(plan, rendezvous);
        Zipf zipf = new Zipf();
        int[] counts = new int[3];
        for (int request = 0; request < 400_000; request++) {
            if (request % 20_000 == 0) {
                keys.look();
                traffic.settle(0.9);
                double[] targets = {0.5, 0.3, 0.2};
                snapshot = snapshot.next(
                        plan, rendezvous, HotSpread.of(keys.current(), targets, traffic.cold(), traffic.hot()));
            }
            long hash = Hash64.of("/v/photos/" + zipf.next());
            int cdn = snapshot.choose(hash, zipf.random.nextLong());
            traffic.note(hash, cdn, snapshot.isHot(hash));
            counts[cdn] += request >= 200_000 ? 1 : 0;
        }
        assertThat(counts[0] / 2000.0).isCloseTo(50, within(0.5));
        assertThat(counts[1] / 2000.0).isCloseTo(30, within(0.5));
        assertThat(counts[2] / 2000.0).isCloseTo(20, within(0.5));
    }

    @Test
    void a_client_stays_with_one_cdn_for_a_hot_key_and_leaves_it_when_it_is_out() {
        Rendezvous rendezvous = Rendezvous.of(List.of("a", "b", "c"));
        HotSpread spread =
                HotSpread.of(HotSet.of(new long[] {42}), new double[] {0.5, 0.3, 0.2}, new double[] {0, 0, 0}, 100);
        Snapshot snapshot = Snapshot.of(plan(CdnStatus.UP), rendezvous).next(plan(CdnStatus.UP), rendezvous, spread);
        Snapshot without = snapshot.next(plan(CdnStatus.BREAKER_OPEN), rendezvous, spread);
        for (long client = 0; client < 100; client++) {
            int cdn = snapshot.choose(42, client);
            assertThat(snapshot.choose(42, client)).isEqualTo(cdn);
            assertThat(without.choose(42, client)).isNotZero();
            assertThat(cdn == 0 || without.choose(42, client) == cdn).isTrue();
        }
    }

    @Test
    void exploration_gives_an_idle_cdn_a_few_buckets_and_others_later() {
        Rendezvous rendezvous = Rendezvous.of(List.of("a", "b", "c"));
        Snapshot now = Snapshot.of(explored(7), rendezvous);
        Snapshot later = Snapshot.of(explored(8), rendezvous);
        int both = 0;
        int explored = 0;
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            explored += now.choose(bucket, 0) == 2 ? 1 : 0;
            both += now.choose(bucket, 0) == 2 && later.choose(bucket, 0) == 2 ? 1 : 0;
        }
        assertThat(explored).isEqualTo(41);
        assertThat(both).isZero();
    }

    @Test
    void popularity_finds_the_keys_that_are_asked_for_most() {
        Popularity popularity = new Popularity();
        Zipf zipf = new Zipf();
        for (int request = 0; request < 200_000; request++) {
            popularity.note(Hash64.of("/v/photos/" + zipf.next()));
        }
        List<Long> top = java.util.Arrays.stream(popularity.top(100, 4)).boxed().toList();
        for (int rank = 0; rank < 50; rank++) {
            assertThat(top).as("rank " + rank).contains(Hash64.of("/v/photos/" + rank));
        }
    }

    private static SnapshotPlan plan(CdnStatus first) {
        List<Candidate> candidates = new ArrayList<>(candidates());
        candidates.set(0, candidates.getFirst().withStatus(first));
        Traffic traffic = new Traffic(3, new Popularity());
        return new SnapshotPlan("default", 1, candidates, SHARES, AllDown.ANSWERING, Exploration.NONE, traffic);
    }

    private static SnapshotPlan explored(long turn) {
        return new SnapshotPlan(
                "default",
                1,
                candidates(),
                List.of(0.5, 0.5, 0.0),
                AllDown.ANSWERING,
                new Exploration(2, turn, 41),
                new Traffic(3, new Popularity()));
    }

    private static List<Candidate> candidates() {
        return List.of(candidate("a"), candidate("b"), candidate("c"));
    }

    private static Candidate candidate(String name) {
        return new Candidate(name, "http://" + name, 1, CdnStatus.UP);
    }

    /** Ranks from 0, exponent 0.9. */
    private static final class Zipf {
        private final double[] sums = new double[OBJECTS];
        private final Random random = new Random(7);

        Zipf() {
            double sum = 0;
            for (int rank = 0; rank < OBJECTS; rank++) {
                sum += Math.pow(rank + 1, -0.9);
                sums[rank] = sum;
            }
        }

        int next() {
            int at = java.util.Arrays.binarySearch(sums, random.nextDouble() * sums[OBJECTS - 1]);
            return at < 0 ? -at - 1 : at;
        }
    }
}
