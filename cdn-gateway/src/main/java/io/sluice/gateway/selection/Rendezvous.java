package io.sluice.gateway.selection;

import java.util.List;

/**
 * How strongly each bucket of keys is drawn to each CDN, before weights: weighted rendezvous hashing (Thaler and Ravishankar
 * 1998; weights by the logarithmic method of Schindelhauer and Schomaker 2005). It depends on the names alone, so that one is made for a
 * set of CDNs and serves every market and every change of weights. Immutable.
 */
public final class Rendezvous {
    private final List<String> names;
    private final double[][] draws;

    private Rendezvous(List<String> names, double[][] draws) {
        this.names = names;
        this.draws = draws;
    }

    /** Draws for CDNs of these names. */
    public static Rendezvous of(List<String> names) {
        double[][] draws = new double[names.size()][Snapshot.BUCKETS];
        for (int cdn = 0; cdn < draws.length; cdn++) {
            long seed = Hash64.of(names.get(cdn));
            for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
                draws[cdn][bucket] = 1 / -Math.log(unit(seed, bucket));
            }
        }
        return new Rendezvous(List.copyOf(names), draws);
    }

    /** In the order of the draws. */
    public List<String> names() {
        return names;
    }

    double draw(int cdn, int bucket) {
        return draws[cdn][bucket];
    }

    /** A number in (0,1), never an end of it. */
    private static double unit(long seed, int bucket) {
        return ((Hash64.mix(seed + bucket * 0x9e3779b97f4a7c15L) >>> 12) + 0.5) * 0x1.0p-52;
    }
}
