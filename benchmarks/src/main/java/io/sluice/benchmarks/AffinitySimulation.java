package io.sluice.benchmarks;

import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Exploration;
import io.sluice.gateway.selection.Hash64;
import io.sluice.gateway.selection.HotKeys;
import io.sluice.gateway.selection.HotSpread;
import io.sluice.gateway.selection.Popularity;
import io.sluice.gateway.selection.Rendezvous;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.selection.SnapshotPlan;
import io.sluice.gateway.selection.Traffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Edge caches under uneven traffic: 500,000 objects, Zipf 0.9, three CDNs of six POPs, each with an LRU cache of 20,000 objects, that shall
 * get 50, 30 and 20 % of the requests. Ours is the gateway's own selection, looked at as often as in the gateway at 10,000 requests/s.
 */
final class AffinitySimulation {
    static final int OBJECTS = 500_000;
    static final double EXPONENT = 0.9;
    static final int POPS = 6;
    static final int CACHE = 20_000;
    static final List<Double> SHARES = List.of(0.5, 0.3, 0.2);

    private static final int CLIENTS = 1_000_000;
    private static final int LOOK_EVERY = 100_000;
    private static final double KEEP = 0.9;

    private final int requests;
    private final double[] sums = new double[OBJECTS];
    private final long[] hashes = new long[OBJECTS];

    /** @param requests that are counted, after half as many that are not */
    AffinitySimulation(int requests) {
        this.requests = requests;
        double sum = 0;
        for (int object = 0; object < OBJECTS; object++) {
            sum += Math.pow(object + 1, -EXPONENT);
            sums[object] = sum;
            hashes[object] = Hash64.of("/v/photos/" + object);
        }
    }

    /** Chooses a CDN. */
    interface Policy {
        int cdn(long hash, long client, SplittableRandom random);

        /** Called now and then, as the gateway's control loop is. */
        default void look() {}
    }

    /**
     * What a policy came to.
     *
     * @param hitRatio of all edges, 0-1
     * @param split of requests, 0-1
     * @param farthest share from its target, points
     * @param copies of each object that was asked for at all, pulled from the origin in the counted time
     */
    record Result(double hitRatio, List<Double> split, double farthest, double copies) {}

    Result run(Policy policy, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LruCache> caches = new ArrayList<>();
        for (int i = 0; i < SHARES.size() * POPS; i++) {
            caches.add(new LruCache(OBJECTS, CACHE));
        }
        long hits = 0;
        long[] counts = new long[SHARES.size()];
        boolean[] asked = new boolean[OBJECTS];
        int warmUp = requests / 2;
        for (int request = 0; request < warmUp + requests; request++) {
            if (request % LOOK_EVERY == 0) {
                policy.look();
            }
            int object = object(random);
            long client = Hash64.mix(1 + random.nextInt(CLIENTS));
            int cdn = policy.cdn(hashes[object], client, random);
            int pop = (int) Long.remainderUnsigned(client, POPS);
            boolean hit = caches.get(cdn * POPS + pop).hit(object);
            if (request >= warmUp) {
                hits += hit ? 1 : 0;
                counts[cdn]++;
                asked[object] = true;
            }
        }
        return result(hits, counts, asked);
    }

    static Policy random() {
        return (hash, client, random) -> byShare(random.nextDouble());
    }

    static Policy sticky() {
        return (hash, client, random) -> byShare((client >>> 11) * 0x1.0p-53);
    }

    static Policy rendezvous() {
        Snapshot snapshot = Snapshot.of(plan(new Traffic(SHARES.size(), new Popularity())), rendezvousOfNames());
        return (hash, client, random) -> snapshot.choose(Snapshot.bucketOf(hash));
    }

    /** The gateway's own. */
    static Policy ours() {
        return new Ours();
    }

    private static final class Ours implements Policy {
        private final Popularity popularity = new Popularity();
        private final Traffic traffic = new Traffic(SHARES.size(), popularity);
        private final HotKeys keys = new HotKeys(popularity);
        private final Rendezvous rendezvous = rendezvousOfNames();
        private Snapshot snapshot = Snapshot.of(plan(traffic), rendezvous);

        @Override
        public int cdn(long hash, long client, SplittableRandom random) {
            int cdn = snapshot.choose(hash, client);
            traffic.sample(hash, cdn, snapshot.isHot(hash));
            return cdn;
        }

        @Override
        public void look() {
            keys.look();
            traffic.settle(KEEP);
            double[] targets = SHARES.stream().mapToDouble(Double::doubleValue).toArray();
            HotSpread spread = HotSpread.of(keys.current(), targets, traffic.cold(), traffic.hot());
            snapshot = snapshot.next(plan(traffic), rendezvous, spread);
        }
    }

    private static SnapshotPlan plan(Traffic traffic) {
        List<Candidate> candidates = names().stream()
                .map(name -> new Candidate(name, "https://" + name, 1, CdnStatus.UP))
                .toList();
        return new SnapshotPlan("default", 1, candidates, SHARES, AllDown.ANSWERING, Exploration.NONE, traffic);
    }

    private static Rendezvous rendezvousOfNames() {
        return Rendezvous.of(names());
    }

    private static List<String> names() {
        return List.of("cdn-a", "cdn-b", "cdn-c");
    }

    private static int byShare(double unit) {
        return unit < SHARES.get(0) ? 0 : unit < SHARES.get(0) + SHARES.get(1) ? 1 : 2;
    }

    private int object(SplittableRandom random) {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[OBJECTS - 1]);
        return at < 0 ? -at - 1 : at;
    }

    private Result result(long hits, long[] counts, boolean[] asked) {
        double[] split = new double[counts.length];
        double farthest = 0;
        for (int cdn = 0; cdn < counts.length; cdn++) {
            split[cdn] = counts[cdn] / (double) requests;
            farthest = Math.max(farthest, Math.abs(split[cdn] - SHARES.get(cdn)) * 100);
        }
        int distinct = 0;
        for (boolean one : asked) {
            distinct += one ? 1 : 0;
        }
        return new Result(
                hits / (double) requests,
                Arrays.stream(split).boxed().toList(),
                farthest,
                (requests - hits) / (double) distinct);
    }
}
