package io.sluice.metrics.partitions;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.metrics.partitions.TimeTable.Partition;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Sees to it that a partition is there before a row is written, and gone when it has outlived its use. Partitions are made two
 * ahead of time; a writer asks all the same, so that rows never wait for the timer. Safe for use by several threads.
 */
@ApplicationScoped
public class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);

    private final PartitionStore store;
    private final PartitionConfig config;
    private final InstantSource clock;
    private final Set<Partition> known = ConcurrentHashMap.newKeySet();

    Partitions(PartitionStore store, PartitionConfig config, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Migrations migrations) {
        migrations.whenDone(() -> keep().subscribe().with(nothing -> {}, this::failed));
    }

    /** Makes the next partitions and drops the old ones. */
    @Scheduled(every = "10m", delayed = "10m")
    Uni<Void> keep() {
        Instant now = clock.instant();
        return Multi.createFrom()
                .items(TimeTable.values())
                .onItem()
                .transformToUniAndConcatenate(table -> keep(table, now))
                .toUni()
                .onFailure()
                .invoke(this::failed)
                .onFailure()
                .recoverWithNull();
    }

    /** Makes the partitions for these moments, unless they are known to be there. */
    public Uni<Void> ensure(TimeTable table, Collection<Instant> moments) {
        List<Partition> missing = moments.stream()
                .map(table::partitionOf)
                .distinct()
                .filter(partition -> !known.contains(partition))
                .toList();
        return Multi.createFrom()
                .iterable(missing)
                .onItem()
                .transformToUniAndConcatenate(
                        partition -> store.create(partition).invoke(() -> known.add(partition)))
                .onItem()
                .ignoreAsUni();
    }

    /** How long rows of a table are kept. */
    public Duration retention(TimeTable table) {
        return switch (table) {
            case ROLLUP_10S -> config.samplesTenSeconds();
            case ROLLUP_1M -> config.samplesMinutes();
            case ROLLUP_1H -> config.samplesHours();
            case CDN_1M -> config.cdnMinutes();
            case CDN_1H -> config.cdnHours();
            case CDN_OUTCOME -> config.cdnOutcomes();
        };
    }

    Uni<Void> keep(TimeTable table, Instant now) {
        Partition present = table.partitionOf(now);
        Instant horizon = now.minus(retention(table));
        return ensure(
                        table,
                        List.of(present.from(), present.to(), present.next().to()))
                .chain(() -> store.dropBefore(table, horizon))
                .invoke(dropped -> {
                    known.removeIf(partition ->
                            partition.of() == table && !partition.to().isAfter(horizon));
                    if (!dropped.isEmpty()) {
                        LOG.infof("dropped %s: older than %s", dropped, retention(table));
                    }
                })
                .replaceWithVoid();
    }

    private void failed(Throwable failure) {
        LOG.warnf("partitions wait: %s", failure.getMessage());
    }
}
