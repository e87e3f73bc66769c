package io.sluice.gateway.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Exploration;
import io.sluice.gateway.selection.Hash64;
import io.sluice.gateway.selection.HotSet;
import io.sluice.gateway.selection.HotSpread;
import io.sluice.gateway.selection.Popularity;
import io.sluice.gateway.selection.Rendezvous;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.selection.SnapshotPlan;
import io.sluice.gateway.selection.Traffic;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A drill with CDN a, from which everything is withheld; hot keys are counted by where they are spread to, not by their bucket. */
class DrillCountsTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final long CLIENT = 7;

    private final DrillCounts counts = new DrillCounts();
    private final Rendezvous rendezvous = Rendezvous.of(List.of("a", "b"));

    @Test
    void counts_a_hot_key_that_was_spread_to_the_drilled_cdn_although_its_bucket_is_of_another() {
        long hash = hashOfBucketOf(B);
        Snapshot snapshot = snapshot(hash, 1, 0);
        counts.note(snapshot, hash, CLIENT, snapshot.choose(hash, CLIENT));
        assertThat(counts.collect()).isEqualTo(new DrillCounts.Counted(1, 1, 0, 0));
    }

    @Test
    void counts_no_move_of_a_hot_key_that_was_spread_to_another_cdn() {
        long hash = hashOfBucketOf(A);
        Snapshot snapshot = snapshot(hash, 0, 1);
        counts.note(snapshot, hash, CLIENT, snapshot.choose(hash, CLIENT));
        assertThat(counts.collect()).isEqualTo(new DrillCounts.Counted(1, 0, 0, 0));
    }

    @Test
    void counts_an_ordinary_key_by_its_bucket() {
        Snapshot snapshot = snapshot(hashOfBucketOf(B), 1, 0);
        long hash = hashOfBucketOf(A);
        counts.note(snapshot, hash, CLIENT, snapshot.choose(hash, CLIENT));
        assertThat(counts.collect()).isEqualTo(new DrillCounts.Counted(1, 1, 0, 0));
    }

    private long hashOfBucketOf(int cdn) {
        Snapshot snapshot = Snapshot.of(plan(0), rendezvous);
        return LongStream.iterate(1, i -> i + 1)
                .map(Hash64::mix)
                .filter(hash -> snapshot.choose(Snapshot.bucketOf(hash)) == cdn)
                .findFirst()
                .orElseThrow();
    }

    private Snapshot snapshot(long hot, double toA, double toB) {
        HotSpread spread = HotSpread.of(HotSet.of(new long[] {hot}), new double[] {toA, toB}, new double[] {0, 0}, 1);
        SnapshotPlan drilled = plan(Snapshot.BUCKETS);
        return Snapshot.of(drilled, rendezvous).next(drilled, rendezvous, spread);
    }

    private static SnapshotPlan plan(int withheld) {
        return new SnapshotPlan(
                "default",
                1,
                List.of(
                        new Candidate("a", "http://a", 1, CdnStatus.UP, 1, withheld),
                        new Candidate("b", "http://b", 1, CdnStatus.UP)),
                List.of(0.5, 0.5),
                AllDown.ANSWERING,
                Exploration.NONE,
                new Traffic(2, new Popularity()));
    }
}
