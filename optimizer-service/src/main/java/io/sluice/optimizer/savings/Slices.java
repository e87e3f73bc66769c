package io.sluice.optimizer.savings;

import java.util.List;

/**
 * Responses and bytes of one group of keys, by slice of keys. Keys fall into slices by a hash, so each slice is a random sample of the
 * group; what they differ by tells how exact a mean over all is (the random groups method: Wolter, Introduction to Variance
 * Estimation, chapter 2).
 */
record Slices(List<Slice> slices) {
    Slices {
        slices = slices.stream().filter(slice -> slice.responses > 0).toList();
    }

    /** One slice; bytes are those of all its responses. */
    record Slice(long responses, double bytes) {}

    long responses() {
        return slices.stream().mapToLong(Slice::responses).sum();
    }

    /** Bytes of a response: all bytes / all responses, a ratio estimator. 0 without any. */
    double mean() {
        long responses = responses();
        return responses == 0 ? 0 : slices.stream().mapToDouble(Slice::bytes).sum() / responses;
    }

    /** Variance of {@link #mean}: k/(k-1) * sum((bytes - mean * responses)^2) / responses^2 over k slices. */
    double variance() {
        int k = slices.size();
        double mean = mean();
        double squares = slices.stream()
                .mapToDouble(slice -> square(slice.bytes - mean * slice.responses))
                .sum();
        return k < 2 ? Double.POSITIVE_INFINITY : squares * k / (k - 1) / ((double) responses() * responses());
    }

    private static double square(double value) {
        return value * value;
    }
}
