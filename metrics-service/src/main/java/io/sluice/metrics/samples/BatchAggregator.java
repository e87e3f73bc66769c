package io.sluice.metrics.samples;

import io.sluice.contracts.sample.IngestResult.Rejected;
import io.sluice.contracts.sample.Sample;
import io.sluice.contracts.sample.SampleBatch;
import io.sluice.metrics.batches.BatchKey;
import io.sluice.metrics.samples.SampleCheck.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks the samples of a batch one by one and adds up those that can be taken. */
@ApplicationScoped
class BatchAggregator {
    private final SeriesRegistry registry;
    private final SampleConfig config;

    BatchAggregator(SeriesRegistry registry, SampleConfig config) {
        this.registry = registry;
        this.config = config;
    }

    BatchAggregate aggregate(SampleBatch batch, Instant now) {
        long nowMillis = now.toEpochMilli();
        SampleCheck check = new SampleCheck(
                nowMillis - config.maxAge().toMillis(),
                nowMillis + config.maxAhead().toMillis());
        Map<BatchAggregate.Window, Aggregate> windows = new HashMap<>();
        List<Rejected> rejected = new ArrayList<>();
        long folded = 0;
        for (int i = 0; i < batch.samples().size(); i++) {
            Sample sample = batch.samples().get(i);
            Optional<Refusal> refusal = check.refusal(sample);
            if (refusal.isPresent()) {
                rejected.add(rejected(i, refusal.get()));
                continue;
            }
            Optional<SeriesRegistry.Admitted> admitted = registry.admit(metric(sample), labels(sample));
            if (admitted.isEmpty()) {
                rejected.add(rejected(i, Refusal.TOO_MANY_METRICS));
                continue;
            }
            folded += admitted.get().folded() ? 1 : 0;
            add(windows, admitted.get().series(), sample, nowMillis);
        }
        Optional<BatchKey> key = Optional.ofNullable(batch.batchId()).map(id -> new BatchKey(batch.source(), id));
        return new BatchAggregate(key, windows, batch.samples().size() - rejected.size(), folded, rejected);
    }

    private static void add(
            Map<BatchAggregate.Window, Aggregate> windows, Series series, Sample sample, long nowMillis) {
        long at = sample.ts() == null ? nowMillis : sample.ts();
        long start = Tier.TEN_SECONDS.windowOf(Math.floorDiv(at, 1000L));
        long times = sample.weight() == null ? 1 : Math.max(1, Math.round(sample.weight()));
        windows.computeIfAbsent(new BatchAggregate.Window(series, start), window -> new Aggregate(series.metric()))
                .add(sample.value(), times, at);
    }

    private static MetricId metric(Sample sample) {
        return new MetricId(sample.name(), sample.kind(), sample.unit() == null ? "1" : sample.unit());
    }

    private static Map<String, String> labels(Sample sample) {
        return sample.labels() == null ? Map.of() : sample.labels();
    }

    private static Rejected rejected(int index, Refusal refusal) {
        return new Rejected(index, refusal.name().toLowerCase(Locale.ROOT));
    }
}
