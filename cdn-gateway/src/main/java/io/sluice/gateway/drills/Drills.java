package io.sluice.gateway.drills;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries drills out in this replica: each second the running one is read and its CDN withheld from its share of keys. It ends
 * by the clock of PostgreSQL, by this replica's own clock when PostgreSQL is away, and at once when no other CDN is UP.
 */
@Singleton
class Drills {
    private static final Logger LOG = Logger.getLogger(Drills.class);
    private static final long TICK_MILLIS = 1000;

    private final DrillStore store;
    private final DrillCounts counts;
    private final CdnDirectory directory;
    private final Migrations migrations;
    private final NanoClock nanos;
    private final Vertx vertx;
    private volatile @Nullable Held held;
    private long tick = -1;

    /** @param untilNanos when it ends by our own clock */
    private record Held(DrillStore.Running drill, long untilNanos) {}

    Drills(
            DrillStore store,
            DrillCounts counts,
            CdnDirectory directory,
            Migrations migrations,
            NanoClock nanos,
            Vertx vertx) {
        this.store = store;
        this.counts = counts;
        this.directory = directory;
        this.migrations = migrations;
        this.nanos = nanos;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        tick = vertx.setPeriodic(TICK_MILLIS, ignored -> tick());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(tick);
    }

    /** Refuses a drill that would leave a key without a CDN that is UP. */
    void require(String cdn) {
        if (!othersUp(cdn)) {
            throw new DrillRefused("No other CDN is UP, so nobody could take the requests of " + cdn + ".");
        }
    }

    /** Reads what runs and adopts it. */
    Uni<Void> refresh() {
        return store.end().chain(store::running).invoke(this::adopt).replaceWithVoid();
    }

    private void tick() {
        Held now = held;
        if (now != null && nanos.nanos() - now.untilNanos() >= 0) {
            adopt(List.of());
        }
        if (!migrations.done()) {
            return;
        }
        report(now)
                .chain(this::refresh)
                .subscribe()
                .with(ignored -> {}, failure -> LOG.debugf("drills could not be read: %s", failure.getMessage()));
    }

    private void adopt(List<DrillStore.Running> running) {
        Held before = held;
        if (running.isEmpty()) {
            held = null;
            if (before != null) {
                LOG.infof(
                        "drill %d is over: %s is as before",
                        before.drill().id(), before.drill().cdn());
                directory.withhold(Map.of());
            }
            return;
        }
        DrillStore.Running drill = running.getFirst();
        held = new Held(drill, nanos.nanos() + drill.left().toNanos());
        if (before == null || before.drill().id() != drill.id()) {
            LOG.warnf("drill %d: %s counts as failed for %d %% of keys", drill.id(), drill.cdn(), drill.percent());
            counts.collect();
            directory.withhold(Map.of(drill.cdn(), drill.percent()));
        }
    }

    private Uni<Void> report(@Nullable Held now) {
        if (now == null) {
            return Uni.createFrom().voidItem();
        }
        DrillStore.Running drill = now.drill();
        DrillCounts.Counted counted = counts.collect();
        Set<String> disturbed = new TreeSet<>();
        for (Candidate candidate : directory.candidates()) {
            if (!candidate.name().equals(drill.cdn()) && candidate.status() != CdnStatus.UP) {
                disturbed.add(candidate.name());
            }
        }
        Uni<Void> added = counted.nothing() && disturbed.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.add(drill.id(), counted, disturbed);
        return othersUp(drill.cdn()) ? added : added.chain(() -> store.stop(drill.id(), "no other CDN was UP"));
    }

    private boolean othersUp(String cdn) {
        return directory.candidates().stream()
                .anyMatch(candidate -> !candidate.name().equals(cdn) && candidate.status() == CdnStatus.UP);
    }
}
