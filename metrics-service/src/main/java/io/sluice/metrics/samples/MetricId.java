package io.sluice.metrics.samples;

import io.sluice.contracts.sample.Sample;

/** What is measured: the same name with another kind or unit is another metric. */
public record MetricId(String name, Sample.Kind kind, String unit) {}
