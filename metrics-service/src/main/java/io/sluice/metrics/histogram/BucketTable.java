package io.sluice.metrics.histogram;

import java.util.stream.IntStream;

/**
 * Finds the bucket of a value without a logarithm. At scale s an octave has 2^s buckets, and bucket i holds
 * (2^(i/2^s), 2^((i+1)/2^s)], as OpenTelemetry's ExponentialHistogram has it. The double's exponent gives the octave; the top
 * bits of its mantissa give a starting point from which at most a step or two lead to the bucket.
 */
final class BucketTable {
    static final int MAX_SCALE = 7;

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final BucketTable[] TABLES =
            IntStream.rangeClosed(0, MAX_SCALE).mapToObj(BucketTable::new).toArray(BucketTable[]::new);

    private final int scale;
    private final double[] fractions;
    private final long[] bounds;
    private final byte[] start;

    private BucketTable(int scale) {
        this.scale = scale;
        int buckets = 1 << scale;
        fractions = new double[buckets];
        bounds = new long[buckets];
        for (int i = 0; i < buckets; i++) {
            fractions[i] = Math.pow(2, (double) i / buckets);
            bounds[i] = Double.doubleToRawLongBits(fractions[i]) & MANTISSA;
        }
        start = new byte[2 * buckets];
        for (int slot = 0; slot < start.length; slot++) {
            start[slot] = (byte) below((long) slot << (MANTISSA_BITS - scale - 1), 0);
        }
    }

    /** @throws IllegalArgumentException when the scale is not 0 to {@value #MAX_SCALE} */
    static BucketTable of(int scale) {
        if (scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale must be 0-" + MAX_SCALE + ", was " + scale);
        }
        return TABLES[scale];
    }

    /** Bucket of a positive, normal value. */
    int index(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int octave = (int) (bits >>> MANTISSA_BITS) - Double.MAX_EXPONENT;
        long mantissa = bits & MANTISSA;
        int slot = (int) (mantissa >>> (MANTISSA_BITS - scale - 1));
        return (octave << scale) + below(mantissa, start[slot] & 0xff) - 1;
    }

    /** Exclusive lower bound of a bucket; the inclusive upper bound of the one before it. */
    double lower(int index) {
        return Math.scalb(fractions[index & (fractions.length - 1)], index >> scale);
    }

    /** How many bounds of the octave are below {@code mantissa}, of which {@code known} are known to be. */
    private int below(long mantissa, int known) {
        int count = known;
        while (count < bounds.length && bounds[count] < mantissa) {
            count++;
        }
        return count;
    }
}
