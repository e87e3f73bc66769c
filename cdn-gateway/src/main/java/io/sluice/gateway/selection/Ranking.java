package io.sluice.gateway.selection;

import java.util.List;

/**
 * For each bucket of keys all CDNs, best first. A CDN that leaves gives up its own buckets and moves no other, and a changed
 * share moves about what changed. Shares are met to within one or two of 4096 buckets: plain rendezvous hashing would
 * miss them by up to two points, so the weights it is given are corrected until the count is right.
 */
final class Ranking {
    private static final int ROUNDS = 80;

    /** After about so many rounds corrections are half as bold: counts are whole numbers, bold ones would jump over the right one. */
    private static final double SETTLING = 10;

    /** Weight of a CDN without a share: behind all others, in an order of its own. */
    private static final double BEHIND = 1e-12;

    private final int cdns;
    private final byte[] table;

    private Ranking(int cdns, byte[] table) {
        this.cdns = cdns;
        this.table = table;
    }

    /**
     * Ranks.
     *
     * @param shares for each CDN, at least 0; only their proportions count. With none above 0 all are alike
     */
    static Ranking of(Rendezvous rendezvous, List<Double> shares) {
        double[] weights = corrected(rendezvous, shares(shares));
        int cdns = weights.length;
        byte[] table = new byte[Snapshot.BUCKETS * cdns];
        double[] scores = new double[cdns];
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            for (int cdn = 0; cdn < cdns; cdn++) {
                scores[cdn] = weights[cdn] * rendezvous.draw(cdn, bucket);
            }
            sort(scores, table, bucket * cdns);
        }
        return new Ranking(cdns, table);
    }

    /** The CDN at a place of a bucket's order, from 0. */
    int at(int bucket, int place) {
        return table[bucket * cdns + place];
    }

    /** Shares that add up to 1. */
    static double[] shares(List<Double> raw) {
        double sum = raw.stream().mapToDouble(Double::doubleValue).sum();
        return raw.stream()
                .mapToDouble(share -> sum > 0 ? share / sum : 1.0 / raw.size())
                .toArray();
    }

    private static double[] corrected(Rendezvous rendezvous, double[] shares) {
        double[] weights = new double[shares.length];
        for (int cdn = 0; cdn < weights.length; cdn++) {
            weights[cdn] = Math.max(shares[cdn], BEHIND);
        }
        double[] best = weights.clone();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            int[] counts = counts(rendezvous, weights);
            double off = off(shares, counts);
            if (off < least) {
                least = off;
                best = weights.clone();
            }
            if (off <= 1) {
                break;
            }
            for (int cdn = 0; cdn < weights.length; cdn++) {
                if (shares[cdn] > 0) {
                    double factor = (shares[cdn] * Snapshot.BUCKETS + 0.5) / (counts[cdn] + 0.5);
                    weights[cdn] *= Math.pow(Math.clamp(factor, 0.5, 2), SETTLING / (SETTLING + round));
                }
            }
        }
        return best;
    }

    private static double off(double[] shares, int[] counts) {
        double most = 0;
        for (int cdn = 0; cdn < counts.length; cdn++) {
            most = Math.max(most, Math.abs(shares[cdn] * Snapshot.BUCKETS - counts[cdn]));
        }
        return most;
    }

    private static int[] counts(Rendezvous rendezvous, double[] weights) {
        int[] counts = new int[weights.length];
        for (int bucket = 0; bucket < Snapshot.BUCKETS; bucket++) {
            int first = 0;
            double highest = -1;
            for (int cdn = 0; cdn < weights.length; cdn++) {
                double score = weights[cdn] * rendezvous.draw(cdn, bucket);
                if (score > highest) {
                    highest = score;
                    first = cdn;
                }
            }
            if (weights.length > 0) {
                counts[first]++;
            }
        }
        return counts;
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
