package io.sluice.gateway.warming;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.vendors.CacheAnswer;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Fetches that warm, by CDN and what its cache said. */
@Singleton
class WarmingMeters {
    private final MeterRegistry meters;

    WarmingMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void fetched(String cdn, CacheAnswer answer, long bytes) {
        String word = answer.name().toLowerCase(Locale.ROOT);
        meters.counter("sluice.gateway.warming.fetches", "cdn", cdn, "cache", word)
                .increment();
        meters.counter("sluice.gateway.warming.bytes", "cdn", cdn).increment((double) bytes);
    }
}
