package io.sluice.metrics.samples;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.contracts.sample.IngestResult.Rejected;
import io.sluice.metrics.samples.SampleCheck.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the intake of samples says about itself. */
@ApplicationScoped
class SampleMeters {
    private final Counter ingested;
    private final Counter folded;
    private final Counter duplicates;
    private final Map<String, Counter> rejected = new HashMap<>();
    private final Timer commits;
    private final Counter failedCommits;

    SampleMeters(MeterRegistry registry) {
        ingested = registry.counter("sluice.samples.ingested");
        folded = registry.counter("sluice.samples.folded");
        duplicates = registry.counter("sluice.samples.batches.duplicate");
        for (Refusal refusal : Refusal.values()) {
            String reason = refusal.name().toLowerCase(Locale.ROOT);
            rejected.put(reason, registry.counter("sluice.samples.rejected", "reason", reason));
        }
        commits = registry.timer("sluice.samples.commit");
        failedCommits = registry.counter("sluice.samples.commits.failed");
    }

    void taken(BatchAggregate batch) {
        ingested.increment((double) batch.accepted());
        folded.increment((double) batch.folded());
        for (Rejected one : batch.rejected()) {
            Objects.requireNonNull(rejected.get(one.reason())).increment();
        }
    }

    void duplicate() {
        duplicates.increment();
    }

    void committed(Duration took) {
        commits.record(took);
    }

    void commitFailed() {
        failedCommits.increment();
    }
}
