package io.sluice.gateway.purge;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.vendors.PurgeApi;
import io.sluice.gateway.vendors.Vendors;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Works off the queue: a lane for each CDN, in each at most four calls at a time, no call before its vendor's bucket has a
 * token. What a replica leaves behind is taken up by another when its lease is over.
 */
@Singleton
class PurgeWorker {
    private static final Logger LOG = Logger.getLogger(PurgeWorker.class);
    private static final long TICK_MILLIS = 500;
    private static final long TIDY_MILLIS = 60_000;
    private static final int AT_A_TIME = 4;

    private final PurgeQueueStore queue;
    private final PurgeStore store;
    private final PurgeSteps steps;
    private final CdnDirectory directory;
    private final Vendors vendors;
    private final PurgeConfig config;
    private final Migrations migrations;
    private final NanoClock nanos;
    private final Vertx vertx;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> pausedUntil = new ConcurrentHashMap<>();
    private long tick = -1;
    private long tidy = -1;

    PurgeWorker(
            PurgeQueueStore queue,
            PurgeStore store,
            PurgeSteps steps,
            CdnDirectory directory,
            Vendors vendors,
            PurgeConfig config,
            Migrations migrations,
            NanoClock nanos,
            Vertx vertx) {
        this.queue = queue;
        this.store = store;
        this.steps = steps;
        this.directory = directory;
        this.vendors = vendors;
        this.config = config;
        this.migrations = migrations;
        this.nanos = nanos;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        tick = vertx.setPeriodic(TICK_MILLIS, ignored -> wake());
        tidy = vertx.setPeriodic(TIDY_MILLIS, ignored -> tidy());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(tick);
        vertx.cancelTimer(tidy);
    }

    /** Looks for work now. */
    void wake() {
        if (migrations.done()) {
            queue.due()
                    .subscribe()
                    .with(
                            cdns -> cdns.forEach(this::enter),
                            failure -> LOG.debugf("the purge queue could not be read: %s", failure.getMessage()));
        }
    }

    private void tidy() {
        if (migrations.done()) {
            store.tidy(config.keep())
                    .subscribe()
                    .with(ignored -> {}, failure -> LOG.debugf("purges were not tidied: %s", failure.getMessage()));
        }
    }

    private void enter(String name) {
        Optional<Cdn> cdn = find(name);
        Long paused = pausedUntil.get(name);
        boolean waits = paused != null && nanos.nanos() - paused < 0;
        if (cdn.isEmpty() || waits || !busy.add(name)) {
            return;
        }
        work(cdn.get())
                .subscribe()
                .with(
                        worked -> {
                            busy.remove(name);
                            if (worked) {
                                enter(name);
                            }
                        },
                        failure -> {
                            busy.remove(name);
                            LOG.warnf("purging %s stumbled: %s", name, failure.getMessage());
                        });
    }

    /** Whether there was something to do. */
    private Uni<Boolean> work(Cdn cdn) {
        PurgeApi api = vendors.of(cdn);
        return queue.claim(cdn.name(), api.oneAtATime() ? 1 : AT_A_TIME, config.lease(), api.oneAtATime())
                .chain(calls -> calls.isEmpty()
                        ? Uni.createFrom().item(false)
                        : Uni.join()
                                .all(calls.stream()
                                        .map(call -> steps.take(cdn, api, call))
                                        .toList())
                                .andCollectFailures()
                                .invoke(waits -> pause(cdn.name(), waits))
                                .replaceWith(true));
    }

    private void pause(String cdn, List<Duration> waits) {
        Duration longest = waits.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        if (longest.isPositive()) {
            pausedUntil.put(cdn, nanos.nanos() + longest.toNanos());
        }
    }

    private Optional<Cdn> find(String name) {
        return directory.current().cdns().stream()
                .filter(cdn -> cdn.name().equals(name))
                .findFirst();
    }
}
