package io.sluice.metrics.percentiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A metric over time, of any kind: read {@code sum} of counters, {@code last} of gauges.
 *
 * @param kind counter, gauge or histogram
 * @param unit of sum, min, max and last
 */
record MetricSeries(
        String metric,
        String kind,
        String unit,
        Instant from,
        Instant to,
        Duration step,
        Duration resolution,
        List<Line> series) {

    /** One group of series. */
    record Line(Map<String, String> labels, List<Point> points) {}

    /** A step that has samples; {@code t} is its start. */
    record Point(Instant t, long count, double sum, double min, double max, double last) {}
}
