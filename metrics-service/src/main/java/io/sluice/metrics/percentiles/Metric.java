package io.sluice.metrics.percentiles;

import java.util.List;

/**
 * A metric that has samples.
 *
 * @param kind counter, gauge or histogram
 * @param series how many are stored
 * @param seriesLimit beyond which labels are folded to {@code _other_}
 * @param foldedLabels labels that are folded for new series
 * @param foldedSamples samples counted in a folded series since the service started
 */
record Metric(
        String name,
        String kind,
        String unit,
        int series,
        int seriesLimit,
        List<String> foldedLabels,
        long foldedSamples) {}
