package io.sluice.image.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.image.blob.BlobStore;
import io.sluice.image.directive.ReceiverConfig;
import io.sluice.image.files.VariantIndex;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.platform.database.Migrations;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Runs sweeps: each day by itself, or when told. */
@ApplicationScoped
class Collections {
    private static final Logger LOG = Logger.getLogger(Collections.class);
    private static final Duration DATABASE = Duration.ofSeconds(10);

    /** No upload takes that long. */
    private static final Duration UNFINISHED = Duration.ofDays(1);

    private final StorageConfig config;
    private final BlobStore store;
    private final VariantIndex index;
    private final VariantUseStore uses;
    private final OriginalStore originals;
    private final CollectionStore collections;
    private final UsageStore usage;
    private final EncoderProfile profile;
    private final String worker;
    private final Migrations migrations;
    private final InstantSource clock;
    private final MeterRegistry meters;

    Collections(
            StorageConfig config,
            BlobStore store,
            VariantIndex index,
            VariantUseStore uses,
            OriginalStore originals,
            CollectionStore collections,
            UsageStore usage,
            EncoderProfile profile,
            ReceiverConfig receiver,
            Migrations migrations,
            InstantSource clock,
            MeterRegistry meters) {
        this.config = config;
        this.store = store;
        this.index = index;
        this.uses = uses;
        this.originals = originals;
        this.collections = collections;
        this.usage = usage;
        this.profile = profile;
        this.worker = receiver.workerId();
        this.migrations = migrations;
        this.clock = clock;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        migrations.whenDone(() -> collections
                .abandon(worker)
                .subscribe()
                .with(
                        done -> LOG.debug("no sweep is left from before"),
                        failure -> LOG.debugf("sweeps from before: %s", failure.getMessage())));
    }

    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Blocking
    void whenDue() {
        try {
            if (config.automatic() && collections.due(config.every()).await().atMost(DATABASE)) {
                collections.begin(false, worker).await().atMost(DATABASE).ifPresent(id -> run(id, false));
            }
        } catch (RuntimeException e) {
            LOG.debugf("no sweep just now: %s", e.getMessage());
        }
    }

    /** Begins a sweep on a thread of its own; empty when one is running. Blocks for PostgreSQL only. */
    Optional<Long> begin(boolean dryRun) {
        Optional<Long> id = collections.begin(dryRun, worker).await().atMost(DATABASE);
        id.ifPresent(begun -> Thread.ofPlatform().daemon().name("sweep").start(() -> run(begun, dryRun)));
        return id;
    }

    private void run(long id, boolean dryRun) {
        try {
            Retention retention = new Retention(config, profile.id(), clock.instant());
            Findings findings = new Sweep(store, index, uses, originals, retention, config.original(), dryRun).walk();
            usage.save(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), findings.usage())
                    .await()
                    .atMost(DATABASE);
            collections.done(id, findings).await().atMost(DATABASE);
            if (!dryRun) {
                dropUnfinished();
                findings.collected().forEach(this::count);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("sweep %d failed: %s", id, e.getMessage());
            collections
                    .failed(id, String.valueOf(e.getMessage()))
                    .subscribe()
                    .with(
                            done -> LOG.debugf("sweep %d is noted as failed", id),
                            failure -> LOG.debugf("sweep %d: %s", id, failure.getMessage()));
        }
    }

    /** A sweep counts without it: a key may lack the right to list what is unfinished. */
    private void dropUnfinished() {
        try {
            int dropped = store.dropUnfinished(clock.instant().minus(UNFINISHED));
            if (dropped > 0) {
                LOG.infof("%d uploads to %s that never came to their end were dropped", dropped, store.name());
            }
        } catch (IOException e) {
            LOG.warnf("unfinished uploads stay: %s", e.getMessage());
        }
    }

    private void count(Collected one) {
        meters.counter("sluice.image.storage.collected.objects", "cause", one.cause())
                .increment((double) one.objects());
        meters.counter("sluice.image.storage.collected.bytes", "cause", one.cause())
                .increment((double) one.bytes());
    }
}
