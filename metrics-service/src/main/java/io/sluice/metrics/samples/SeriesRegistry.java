package io.sluice.metrics.samples;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series that this process knows, and how many a metric may have. A metric that would pass its limit is not cut off: the
 * label with most values is folded to {@value #OTHER} for series that are new, so totals stay right and the other labels stay
 * whole. Folded series may go a tenth beyond the limit before the next label is folded. Safe for use by several threads.
 */
@ApplicationScoped
public class SeriesRegistry {
    /** Value of a folded label. */
    public static final String OTHER = "_other_";

    private final Map<MetricId, Metric> metrics = new ConcurrentHashMap<>();
    private final SampleConfig config;

    SeriesRegistry(SampleConfig config) {
        this.config = config;
    }

    /**
     * What is known of a metric.
     *
     * @param series how many it has
     * @param limit beyond which it is folded
     * @param foldedLabels labels that are folded for new series
     * @param foldedSamples samples that were folded since the start of this process
     */
    public record Cardinality(int series, int limit, List<String> foldedLabels, long foldedSamples) {}

    /** An admitted sample's series. */
    record Admitted(Series series, boolean folded) {}

    /** The series to count a sample in; empty when there are too many metrics. */
    Optional<Admitted> admit(MetricId id, Map<String, String> labels) {
        Metric metric = metrics.get(id);
        if (metric == null) {
            if (metrics.size() >= config.maxMetrics()) {
                return Optional.empty();
            }
            metric = metrics.computeIfAbsent(id, key -> new Metric(key, config.maxSeriesPerMetric()));
        }
        return Optional.of(metric.admit(labels));
    }

    /** Takes over what is stored already, so that limits outlive a restart. */
    void load(Collection<Series> stored) {
        for (Series series : stored) {
            metrics.computeIfAbsent(series.metric(), key -> new Metric(key, config.maxSeriesPerMetric()))
                    .add(series);
        }
    }

    /** What this process knows of a metric; nothing when it has had no sample of it. */
    public Cardinality cardinality(MetricId id) {
        Metric metric = metrics.get(id);
        return metric == null ? new Cardinality(0, config.maxSeriesPerMetric(), List.of(), 0) : metric.cardinality();
    }

    private static final class Metric {
        private final MetricId id;
        private final int limit;
        private final Map<Map<String, String>, Series> series = new ConcurrentHashMap<>();
        private final Map<String, Set<String>> values = new HashMap<>();
        private final Set<String> folded = new LinkedHashSet<>();
        private long foldedSamples;

        private Metric(MetricId id, int limit) {
            this.id = id;
            this.limit = limit;
        }

        Admitted admit(Map<String, String> labels) {
            Series known = series.get(labels);
            return known != null ? new Admitted(known, false) : admitNew(labels);
        }

        private synchronized Admitted admitNew(Map<String, String> labels) {
            Map<String, String> kept = new TreeMap<>(labels);
            boolean over = series.size() >= limit;
            if (!over) {
                return new Admitted(add(Series.of(id, kept)), false);
            }
            foldedSamples++;
            fold(kept, folded);
            while (!series.containsKey(kept) && (kept.equals(labels) || series.size() >= limit + limit / 10)) {
                Optional<String> next = widest(kept);
                if (next.isEmpty()) {
                    break;
                }
                folded.add(next.get());
                fold(kept, folded);
            }
            return new Admitted(add(Series.of(id, kept)), true);
        }

        synchronized Series add(Series added) {
            Series before = series.putIfAbsent(added.labels(), added);
            if (before != null) {
                return before;
            }
            added.labels()
                    .forEach((name, value) ->
                            values.computeIfAbsent(name, key -> new HashSet<>()).add(value));
            return added;
        }

        synchronized Cardinality cardinality() {
            return new Cardinality(series.size(), limit, new ArrayList<>(folded), foldedSamples);
        }

        private Optional<String> widest(Map<String, String> labels) {
            return labels.keySet().stream()
                    .filter(label -> !folded.contains(label))
                    .max(Comparator.comparingInt((String label) ->
                                    values.getOrDefault(label, Set.of()).size())
                            .thenComparing(Comparator.reverseOrder()));
        }

        private static void fold(Map<String, String> labels, Set<String> folded) {
            labels.replaceAll((name, value) -> folded.contains(name) ? OTHER : value);
        }
    }
}
