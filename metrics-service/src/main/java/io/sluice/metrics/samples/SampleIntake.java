package io.sluice.metrics.samples;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.metrics.batches.BatchKey;
import io.sluice.metrics.batches.ClaimedBatch;
import io.sluice.metrics.partitions.Partitions;
import io.sluice.platform.clock.NanoClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches and answers each after the commit that holds it: what is accepted is in PostgreSQL, whatever happens to this
 * process then. Batches that come while a commit is under way share the next one. When a commit fails, its batches are not
 * accepted (503) and the process goes on as a new writer, because the commit may have happened all the same; a batch with an
 * id that is sent again is then found to be a duplicate, one without an id may be counted twice.
 */
@ApplicationScoped
class SampleIntake {
    private static final int BATCHES_PER_COMMIT = 64;
    private static final int MAX_STORED_SERIES = 50_000;

    private final SampleStore store;
    private final Partitions partitions;
    private final SeriesRegistry registry;
    private final SampleMeters meters;
    private final InstantSource clock;
    private final NanoClock nanos;
    private final int maxWindows;
    private final BlockingQueue<Pending> pending;
    private final Windows windows = new Windows();
    private volatile boolean seriesLoaded;
    private @Nullable Thread committer;

    SampleIntake(
            SampleStore store,
            Partitions partitions,
            SeriesRegistry registry,
            SampleMeters meters,
            InstantSource clock,
            NanoClock nanos,
            SampleConfig config,
            MeterRegistry gauges) {
        this.store = store;
        this.partitions = partitions;
        this.registry = registry;
        this.meters = meters;
        this.clock = clock;
        this.nanos = nanos;
        this.maxWindows = config.maxWindows();
        this.pending = new ArrayBlockingQueue<>(config.maxPending());
        Gauge.builder("sluice.samples.commit.lag", this, SampleIntake::lagSeconds)
                .baseUnit("seconds")
                .description("Age of the oldest batch that waits for a commit")
                .register(gauges);
    }

    /** A batch that waits; each is itself only, whatever is in it. */
    private static final class Pending {
        private final BatchAggregate batch;
        private final long sinceNanos;
        private final CompletableFuture<Boolean> fresh = new CompletableFuture<>();

        private Pending(BatchAggregate batch, long sinceNanos) {
            this.batch = batch;
            this.sinceNanos = sinceNanos;
        }
    }

    void start(@Observes StartupEvent event) {
        committer = Thread.ofPlatform().daemon().name("samples-commit").start(this::commitUntilStopped);
    }

    void stop(@Observes ShutdownEvent event) {
        if (committer != null) {
            committer.interrupt();
        }
    }

    /**
     * Waits for the commit; call it from a virtual thread.
     *
     * @return completes with whether the batch was new, or with the failure of the commit
     * @throws RejectedExecutionException when too many batches wait
     */
    CompletableFuture<Boolean> submit(BatchAggregate batch) {
        Pending added = new Pending(batch, nanos.nanos());
        if (!pending.offer(added)) {
            throw new RejectedExecutionException("too many batches wait for a commit");
        }
        return added.fresh;
    }

    private void commitUntilStopped() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Pending> group = new ArrayList<>();
                group.add(pending.take());
                pending.drainTo(group, BATCHES_PER_COMMIT - 1);
                commit(group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(List<Pending> group) {
        long began = nanos.nanos();
        try {
            Map<BatchKey, Pending> firstOf = new LinkedHashMap<>();
            group.forEach(one -> one.batch.key().ifPresent(key -> firstOf.putIfAbsent(key, one)));
            Set<BatchKey> fresh = write(group, firstOf);
            meters.committed(Duration.ofNanos(nanos.nanos() - began));
            group.forEach(one -> one.fresh.complete(counted(one, firstOf, fresh)));
        } catch (RuntimeException e) {
            windows.forget();
            meters.commitFailed();
            group.forEach(one -> one.fresh.completeExceptionally(e));
        }
    }

    private Set<BatchKey> write(List<Pending> group, Map<BatchKey, Pending> firstOf) {
        loadSeries();
        if (windows.size() >= maxWindows) {
            windows.forget();
        }
        if (windows.writer().isEmpty()) {
            windows.writeAs(store.newWriter().await().indefinitely());
        }
        ensurePartitions(group);
        List<ClaimedBatch> claims = firstOf.values().stream()
                .map(one -> new ClaimedBatch(
                        one.batch.key().orElseThrow(),
                        one.batch.accepted(),
                        one.batch.rejected().size()))
                .toList();
        List<Series> registered = new ArrayList<>();
        Set<BatchKey> fresh = store.commit(windows.writer().getAsInt(), claims, claimed -> {
                    SampleStore.Rows rows = rows(group, firstOf, claimed);
                    registered.addAll(rows.series());
                    return rows;
                })
                .await()
                .indefinitely(); // the database has its own time limit
        windows.committed(registered);
        return fresh;
    }

    private SampleStore.Rows rows(List<Pending> group, Map<BatchKey, Pending> firstOf, Set<BatchKey> fresh) {
        List<BatchAggregate> counted = group.stream()
                .filter(one -> counted(one, firstOf, fresh))
                .map(one -> one.batch)
                .toList();
        Map<Windows.Key, Aggregate> rows =
                windows.merge(counted, clock.instant().getEpochSecond());
        return new SampleStore.Rows(windows.unregistered(rows.keySet()), rows);
    }

    /** A batch counts when its sender gave no id, or when it is the first of its id and was claimed. */
    private static boolean counted(Pending one, Map<BatchKey, Pending> firstOf, Set<BatchKey> fresh) {
        return one.batch
                .key()
                .map(key -> fresh.contains(key) && Objects.equals(firstOf.get(key), one))
                .orElse(true);
    }

    private void loadSeries() {
        if (!seriesLoaded) {
            registry.load(store.series(MAX_STORED_SERIES).await().indefinitely());
            seriesLoaded = true;
        }
    }

    private void ensurePartitions(List<Pending> group) {
        List<Instant> moments = group.stream()
                .flatMap(one -> one.batch.windows().keySet().stream())
                .map(BatchAggregate.Window::start)
                .distinct()
                .map(Instant::ofEpochSecond)
                .toList();
        for (Tier tier : Tier.values()) {
            partitions.ensure(tier.table(), moments).await().indefinitely();
        }
    }

    private double lagSeconds() {
        Pending oldest = pending.peek();
        return oldest == null ? 0 : (nanos.nanos() - oldest.sinceNanos) / 1e9;
    }
}
