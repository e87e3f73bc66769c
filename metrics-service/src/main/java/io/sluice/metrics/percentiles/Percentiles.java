package io.sluice.metrics.percentiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Quantiles of a metric over time.
 *
 * @param unit of the quantiles
 * @param from inclusive, brought to a boundary of the resolution
 * @param to exclusive, likewise
 * @param step length of each point's stretch
 * @param resolution of what was read
 * @param q the quantiles asked for, 0-1, in the order of each point's values
 * @param relativeError greatest error of a value, relative to it
 */
record Percentiles(
        String metric,
        String unit,
        Instant from,
        Instant to,
        Duration step,
        Duration resolution,
        List<Double> q,
        double relativeError,
        List<Line> series) {

    /** One group of series. */
    record Line(Map<String, String> labels, List<Point> points) {}

    /** A step that has samples; {@code t} is its start. */
    record Point(Instant t, long count, List<Double> values) {}
}
