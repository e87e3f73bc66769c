package io.sluice.platform.meters;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Buckets for every timer of a request or of our own, so that quantiles merge over replicas: 5 ms to 10 s. */
public final class LatencyBuckets {
    private static final double[] NANOS = {5e6, 10e6, 25e6, 50e6, 100e6, 200e6, 300e6, 500e6, 1e9, 2e9, 5e9, 10e9};

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                if (id.getType() != Meter.Type.TIMER
                        || !(id.getName().startsWith("http.server")
                                || id.getName().startsWith("sluice."))) {
                    return config;
                }
                return DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(NANOS)
                        .build()
                        .merge(config);
            }
        };
    }
}
