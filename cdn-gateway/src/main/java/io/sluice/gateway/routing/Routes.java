package io.sluice.gateway.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.health.CdnHealth;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.platform.clock.NanoClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that the data plane reads: built on a thread of its own, each second and at once when CDNs or their health change,
 * and published by one volatile write.
 */
@Singleton
public class Routes {
    private static final Logger LOG = Logger.getLogger(Routes.class);

    private final CdnDirectory directory;
    private final CdnHealth health;
    private final NanoClock nanos;
    private final AllDown allDown;
    private final ScheduledExecutorService builder = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("snapshot-builder").unstarted(task));
    private volatile Snapshot current;
    private volatile long builtNanos;
    private @Nullable ScheduledFuture<?> ticks;

    Routes(CdnDirectory directory, CdnHealth health, NanoClock nanos, RoutingConfig config, MeterRegistry meters) {
        this.directory = directory;
        this.health = health;
        this.nanos = nanos;
        this.allDown = config.allDown();
        this.current = Snapshot.of(0, List.of(), allDown);
        this.builtNanos = nanos.nanos();
        Gauge.builder("sluice.gateway.snapshot.age", this, routes -> (nanos.nanos() - routes.builtNanos) / 1e9)
                .baseUnit("seconds")
                .description("since the snapshot was built; grows when the builder is stuck")
                .register(meters);
        Gauge.builder("sluice.gateway.panic", this, routes -> routes.current.panic() ? 1 : 0)
                .description("1 while no CDN is healthy and static order is used")
                .register(meters);
    }

    /** The newest snapshot; read it once per request. */
    public Snapshot current() {
        return current;
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        build();
        directory.onChange(this::buildSoon);
        health.onChange(this::buildSoon);
        ticks = builder.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        if (ticks != null) {
            ticks.cancel(false);
        }
        builder.shutdown();
    }

    private void buildSoon() {
        try {
            builder.execute(this::build);
        } catch (RejectedExecutionException e) {
            LOG.debug("the snapshot is not built any more: shutting down");
        }
    }

    private void tick() {
        health.settle();
        build();
    }

    private void build() {
        try {
            Snapshot last = current;
            long version = directory.current().version();
            List<Candidate> candidates = directory.candidates();
            Snapshot next = sameSet(last, candidates)
                    ? last.withStatuses(
                            version, candidates.stream().map(Candidate::status).toList())
                    : Snapshot.of(version, candidates, allDown);
            if (next.panic() && !last.panic()) {
                LOG.warn("no CDN is healthy: those that may still serve are used in static order");
            }
            current = next;
            builtNanos = nanos.nanos();
        } catch (RuntimeException e) {
            LOG.errorf(e, "the snapshot could not be built; the last one stays");
        }
    }

    private static boolean sameSet(Snapshot last, List<Candidate> candidates) {
        if (last.size() != candidates.size()) {
            return false;
        }
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (!last.candidate(i).withStatus(candidate.status()).equals(candidate)) {
                return false;
            }
        }
        return true;
    }
}
