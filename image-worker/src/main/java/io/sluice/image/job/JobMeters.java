package io.sluice.image.job;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Meters of the queue. Depth and percentiles are of the whole queue, whichever worker tells them; the rest is this worker's. */
@ApplicationScoped
class JobMeters {
    private static final double[] WAIT_BUCKETS = {0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600};

    private final MeterRegistry meters;
    private final DistributionSummary wait;
    private final AtomicReference<JobSummary> summary = new AtomicReference<>(JobSummary.NOTHING);

    JobMeters(MeterRegistry meters, Admission admission) {
        this.meters = meters;
        this.wait = DistributionSummary.builder("sluice.image.job.wait")
                .baseUnit("seconds")
                .serviceLevelObjectives(WAIT_BUCKETS)
                .register(meters);
        Map<JobState, String> waiting =
                new EnumMap<>(Map.of(JobState.READY, "ready", JobState.RUNNING, "running", JobState.DEAD, "dead"));
        waiting.forEach((state, token) -> meters.gauge("sluice.image.job.depth", Tags.of("state", token), summary, s ->
                (double) s.get().depth(state)));
        meters.gauge("sluice.image.job.oldest.seconds", summary, s -> s.get().oldestSeconds());
        quantile("0.5", JobSummary.Wait::p50);
        quantile("0.95", JobSummary.Wait::p95);
        quantile("0.99", JobSummary.Wait::p99);
        meters.gauge(
                "sluice.image.job.started.in.time.ratio", summary, s -> s.get().startedInTime());
        meters.gauge("sluice.image.job.draining", admission, a -> a.draining() ? 1 : 0);
    }

    void show(JobSummary now) {
        summary.set(now);
    }

    void started(double waitedSeconds) {
        if (waitedSeconds >= 0) {
            wait.record(waitedSeconds);
        }
    }

    /** @param result a {@link Worked.Result}, {@code later}, {@code failed} or {@code lost} */
    void ended(String kind, String result) {
        meters.counter("sluice.image.job.ended", "kind", kind, "result", result).increment();
    }

    void reaped(int jobs) {
        meters.counter("sluice.image.job.reaped").increment(jobs);
    }

    private void quantile(String quantile, java.util.function.ToDoubleFunction<JobSummary.Wait> value) {
        meters.gauge(
                "sluice.image.job.wait.window.seconds",
                Tags.of("quantile", quantile),
                summary,
                s -> value.applyAsDouble(s.get().waited()));
    }
}
