package io.sluice.gateway.selection;

import java.util.List;

/**
 * For each bucket of keys all CDNs in the order of weighted rendezvous hashing (Thaler and Ravishankar 1998; weights by the
 * logarithmic method of Schindelhauer and Schomaker 2005): a CDN that leaves gives up its own buckets and moves no other, and a
 * changed weight moves about the share that changed.
 */
final class Ranking {
    private final int cdns;
    private final byte[] table;

    private Ranking(int cdns, byte[] table) {
        this.cdns = cdns;
        this.table = table;
    }

    static Ranking of(List<Candidate> candidates) {
        int cdns = candidates.size();
        byte[] table = new byte[Snapshot.BUCKETS * cdns];
        long[] seeds = new long[cdns];
        for (int cdn = 0; cdn < cdns; cdn++) {
            seeds[cdn] = Hash64.of(candidates.get(cdn).name());
        }
        double[] scores = new double[cdns];
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            for (int cdn = 0; cdn < cdns; cdn++) {
                scores[cdn] = candidates.get(cdn).weight() / -Math.log(unit(seeds[cdn], bucket));
            }
            sort(scores, table, bucket * cdns);
        }
        return new Ranking(cdns, table);
    }

    /** The CDN at a place of a bucket's order, from 0. */
    int at(int bucket, int place) {
        return table[bucket * cdns + place];
    }

    /** A number in (0,1), never an end of it. */
    private static double unit(long seed, int bucket) {
        return ((Hash64.mix(seed + bucket * 0x9e3779b97f4a7c15L) >>> 12) + 0.5) * 0x1.0p-52;
    }

    private static void sort(double[] scores, byte[] table, int from) {
        for (int cdn = 0; cdn < scores.length; cdn++) {
            int place = from + cdn;
            while (place > from && scores[table[place - 1]] < scores[cdn]) {
                table[place] = table[place - 1];
                place--;
            }
            table[place] = (byte) cdn;
        }
    }
}
