package io.sluice.metrics.histogram;

import java.util.Arrays;

/**
 * A base-2 exponential histogram: counts per bucket, each bucket a fixed factor wider than the one below. Merging adds counts,
 * so the quantiles of a merged histogram are those of one that saw every value itself: over windows, processes and labels.
 *
 * <p>At the default scale of {@value #DEFAULT_SCALE} a quantile is at most 1.08 % off the value of that rank, relative to it
 * (tanh(ln 2 / 2^(scale+1))), for values within its {@link Bounds}. Bounds are upper-inclusive and indexes are those of
 * OpenTelemetry's ExponentialHistogram. Count, sum, least and greatest are exact. Not for use by several threads at once.
 */
public final class ExponentialHistogram {
    /** 32 buckets per octave. */
    public static final int DEFAULT_SCALE = 5;

    private static final int GROWTH = 16;

    private final double smallest;
    private final double largest;
    private int scale;
    private BucketTable table;
    private long[] counts = {};
    private int offset;
    private long zeros;
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** An empty one at the default scale. */
    public ExponentialHistogram(Bounds bounds) {
        this(DEFAULT_SCALE, bounds);
    }

    /** @param scale 0-7, buckets per octave as a power of 2 */
    public ExponentialHistogram(int scale, Bounds bounds) {
        this.scale = scale;
        this.table = BucketTable.of(scale);
        this.smallest = bounds.smallest();
        this.largest = bounds.largest();
    }

    /** Counts a value once. */
    public void record(double value) {
        record(value, 1);
    }

    /**
     * Counts a value.
     *
     * @param value finite and not negative
     * @param times how often, above 0
     */
    public void record(double value, long times) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY || times <= 0) {
            throw new IllegalArgumentException("cannot count " + value + " " + times + " times");
        }
        if (value < smallest) {
            zeros += times;
        } else {
            add(table.index(Math.min(value, largest)), times);
        }
        count += times;
        sum += value * times;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /** Adds all that another one counted. When scales differ, the finer is brought to the coarser, which loses nothing else. */
    public void merge(ExponentialHistogram other) {
        if (other.scale < scale) {
            downscale(scale - other.scale);
        }
        int shift = other.scale - scale;
        if (other.counts.length > 0) {
            reserve(other.offset >> shift, (other.offset + other.counts.length - 1) >> shift);
        }
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] != 0) {
                counts[((other.offset + i) >> shift) - offset] += other.counts[i];
            }
        }
        zeros += other.zeros;
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /**
     * The value of a rank.
     *
     * @param q 0-1: 0.5 is the median
     * @return NaN when nothing was counted
     */
    public double quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile is 0-1, was " + q);
        }
        if (count == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(q * count));
        if (rank <= zeros) {
            return Math.min(max, Math.max(min, 0));
        }
        long seen = zeros;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.clamp(middle(offset + i), min, max);
            }
        }
        return max;
    }

    /** Greatest relative error of {@link #quantile} at this scale. */
    public double relativeError() {
        return Math.tanh(Math.log(2) / (2 << scale));
    }

    public long count() {
        return count;
    }

    /** Exact, but for the rounding of doubles. */
    public double sum() {
        return sum;
    }

    /** Positive infinity when nothing was counted. */
    public double min() {
        return min;
    }

    /** Negative infinity when nothing was counted. */
    public double max() {
        return max;
    }

    /** Buckets per octave as a power of 2. */
    public int scale() {
        return scale;
    }

    /** A compact form; {@link #decode} reads it. */
    public byte[] encode() {
        int first = 0;
        int end = counts.length;
        while (first < end && counts[first] == 0) {
            first++;
        }
        while (end > first && counts[end - 1] == 0) {
            end--;
        }
        return HistogramCodec.encode(new HistogramCodec.State(
                scale, zeros, sum, min, max, offset + first, Arrays.copyOfRange(counts, first, end)));
    }

    /** @throws IllegalArgumentException when the bytes are not a histogram */
    public static ExponentialHistogram decode(byte[] bytes) {
        HistogramCodec.State state = HistogramCodec.decode(bytes);
        ExponentialHistogram histogram = new ExponentialHistogram(state.scale(), Bounds.AMOUNT);
        histogram.offset = state.offset();
        histogram.counts = state.counts();
        histogram.zeros = state.zeros();
        histogram.count = state.zeros() + Arrays.stream(state.counts()).sum();
        histogram.sum = state.sum();
        histogram.min = state.min();
        histogram.max = state.max();
        return histogram;
    }

    /** The value whose relative distance to both bounds of the bucket is the same. */
    private double middle(int index) {
        double lower = table.lower(index);
        double upper = table.lower(index + 1);
        return 2 * lower * upper / (lower + upper);
    }

    private void add(int index, long times) {
        int at = index - offset;
        if (at < 0 || at >= counts.length) {
            reserve(index, index);
            at = index - offset;
        }
        counts[at] += times;
    }

    private void reserve(int first, int last) {
        if (counts.length == 0) {
            offset = Math.floorDiv(first, GROWTH) * GROWTH;
            counts = new long[Math.floorDiv(last, GROWTH) * GROWTH + GROWTH - offset];
            return;
        }
        if (first >= offset && last < offset + counts.length) {
            return;
        }
        int low = Math.min(offset, Math.floorDiv(first, GROWTH) * GROWTH);
        int high = Math.max(offset + counts.length, Math.floorDiv(last, GROWTH) * GROWTH + GROWTH);
        long[] wider = new long[high - low];
        System.arraycopy(counts, 0, wider, offset - low, counts.length);
        offset = low;
        counts = wider;
    }

    private void downscale(int steps) {
        long[] finer = counts;
        int from = offset;
        counts = new long[] {};
        offset = 0;
        scale -= steps;
        table = BucketTable.of(scale);
        for (int i = 0; i < finer.length; i++) {
            if (finer[i] != 0) {
                add((from + i) >> steps, finer[i]);
            }
        }
    }
}
