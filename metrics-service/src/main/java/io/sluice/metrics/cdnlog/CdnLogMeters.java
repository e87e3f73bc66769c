package io.sluice.metrics.cdnlog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What the intake of logs says about itself. */
@ApplicationScoped
class CdnLogMeters {
    private final Counter accepted;
    private final Counter malformed;
    private final Counter outOfTime;
    private final Counter batches;
    private final Counter duplicates;

    CdnLogMeters(MeterRegistry registry) {
        accepted = registry.counter("sluice.cdn.log.lines", "result", "accepted");
        malformed = registry.counter("sluice.cdn.log.lines", "result", "malformed");
        outOfTime = registry.counter("sluice.cdn.log.lines", "result", "out_of_time");
        batches = registry.counter("sluice.cdn.log.batches", "result", "accepted");
        duplicates = registry.counter("sluice.cdn.log.batches", "result", "duplicate");
    }

    void taken(LogAggregate log) {
        batches.increment();
        accepted.increment((double) log.accepted());
        malformed.increment((double) log.malformed());
        outOfTime.increment((double) log.outOfTime());
    }

    void duplicate() {
        duplicates.increment();
    }
}
