package io.sluice.platform.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Records spans only where a collector is configured. */
public final class Sampling {
    @Produces
    @Singleton
    Sampler sampler(TracingConfig config) {
        return config.endpoint().isEmpty()
                ? Sampler.alwaysOff()
                : Sampler.parentBased(Sampler.traceIdRatioBased(config.ratio()));
    }
}
