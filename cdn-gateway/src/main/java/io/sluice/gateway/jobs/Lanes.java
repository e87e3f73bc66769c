package io.sluice.gateway.jobs;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Works off the queue of one kind of job: a lane for each CDN, in each a few calls at a time. What a replica leaves behind is
 * taken up by another when its lease is over.
 *
 * @param <T> what a call is
 */
public final class Lanes<T> {
    private static final Logger LOG = Logger.getLogger(Lanes.class);
    private static final long TICK_MILLIS = 250;
    private static final long TIDY_MILLIS = 60_000;
    private static final int AT_A_TIME = 4;

    private final JobQueueStore<T> queue;
    private final Steps<T> steps;
    private final Duration lease;
    private final CdnDirectory directory;
    private final Migrations migrations;
    private final NanoClock nanos;
    private final Vertx vertx;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> pausedUntil = new ConcurrentHashMap<>();
    private long tick = -1;
    private long tidy = -1;

    /** What is done with a call. */
    public interface Steps<T> {
        /** Takes the next step; the item says how long the CDN's lane should wait for tokens, zero for not at all. */
        Uni<Duration> take(Cdn cdn, Claim<T> call);

        /** Whether the next call has to wait until the last one is complete. */
        default boolean oneAtATime(Cdn cdn) {
            return false;
        }
    }

    /** @param lease how long this replica owns what it claims; longer than a step may take */
    public Lanes(
            JobQueueStore<T> queue,
            Steps<T> steps,
            Duration lease,
            CdnDirectory directory,
            Migrations migrations,
            NanoClock nanos,
            Vertx vertx) {
        this.queue = queue;
        this.steps = steps;
        this.lease = lease;
        this.directory = directory;
        this.migrations = migrations;
        this.nanos = nanos;
        this.vertx = vertx;
    }

    /** @param tidying what is done each minute beside */
    public void start(Supplier<Uni<Void>> tidying) {
        tick = vertx.setPeriodic(TICK_MILLIS, ignored -> wake());
        tidy = vertx.setPeriodic(TIDY_MILLIS, ignored -> tidy(tidying));
    }

    public void stop() {
        vertx.cancelTimer(tick);
        vertx.cancelTimer(tidy);
    }

    /** Looks for work now. */
    public void wake() {
        if (migrations.done()) {
            queue.due()
                    .subscribe()
                    .with(
                            cdns -> cdns.forEach(this::enter),
                            failure -> LOG.debugf("a queue could not be read: %s", failure.getMessage()));
        }
    }

    private void tidy(Supplier<Uni<Void>> tidying) {
        if (migrations.done()) {
            tidying.get()
                    .subscribe()
                    .with(ignored -> {}, failure -> LOG.debugf("jobs were not tidied: %s", failure.getMessage()));
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
                            LOG.warnf("a job at %s stumbled: %s", name, failure.getMessage());
                        });
    }

    /** Whether there was something to do. */
    private Uni<Boolean> work(Cdn cdn) {
        boolean one = steps.oneAtATime(cdn);
        return queue.claim(cdn.name(), one ? 1 : AT_A_TIME, lease, one)
                .chain(calls -> calls.isEmpty()
                        ? Uni.createFrom().item(false)
                        : Uni.join()
                                .all(calls.stream()
                                        .map(call -> steps.take(cdn, call))
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
