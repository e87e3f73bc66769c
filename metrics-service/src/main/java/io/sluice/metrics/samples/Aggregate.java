package io.sluice.metrics.samples;

import io.sluice.contracts.sample.Sample;
import io.sluice.metrics.histogram.Bounds;
import io.sluice.metrics.histogram.ExponentialHistogram;
import org.jspecify.annotations.Nullable;

/** All samples of one series in one window. Merging loses nothing but the order within the window. Not thread-safe. */
public final class Aggregate {
    private final @Nullable ExponentialHistogram histogram;
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double last;
    private long lastAt = Long.MIN_VALUE;

    Aggregate(MetricId metric) {
        histogram =
                metric.kind() == Sample.Kind.histogram ? new ExponentialHistogram(Bounds.ofUnit(metric.unit())) : null;
    }

    /** As it was stored. */
    public Aggregate(
            long count,
            double sum,
            double min,
            double max,
            double last,
            long lastAt,
            @Nullable ExponentialHistogram histogram) {
        this.count = count;
        this.sum = sum;
        this.min = min;
        this.max = max;
        this.last = last;
        this.lastAt = lastAt;
        this.histogram = histogram;
    }

    void add(double value, long times, long atMillis) {
        count += times;
        sum += value * times;
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (atMillis >= lastAt) {
            last = value;
            lastAt = atMillis;
        }
        if (histogram != null) {
            histogram.record(value, times);
        }
    }

    /** Adds all of another one of the same metric. */
    public void merge(Aggregate other) {
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        if (other.lastAt >= lastAt) {
            last = other.last;
            lastAt = other.lastAt;
        }
        if (histogram != null && other.histogram != null) {
            histogram.merge(other.histogram);
        }
    }

    public long count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    /** The value with the latest time. */
    public double last() {
        return last;
    }

    /** Epoch milliseconds of {@link #last}. */
    public long lastAt() {
        return lastAt;
    }

    /** Absent for counters and gauges. */
    public @Nullable ExponentialHistogram histogram() {
        return histogram;
    }
}
