package io.sluice.gateway.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.health.CdnHealth;
import io.sluice.gateway.markets.Markets;
import io.sluice.gateway.pricing.Contracts;
import io.sluice.gateway.pricing.Usage;
import io.sluice.gateway.pricing.UsageWatch;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.RoutingTable;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.steering.Scorecards;
import io.sluice.gateway.steering.ShadowPrice;
import io.sluice.platform.clock.NanoClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The routing table that the data plane reads: built on a thread of its own, each second and at once when CDNs, their health or
 * markets change, and published by one volatile write.
 */
@Singleton
public class Routes {
    private static final Logger LOG = Logger.getLogger(Routes.class);

    private final CdnDirectory directory;
    private final CdnHealth health;
    private final Markets markets;
    private final Contracts contracts;
    private final UsageWatch usage;
    private final Scorecards scorecards;
    private final NanoClock nanos;
    private final InstantSource clock;
    private final AllDown allDown;
    private final Planner planner = new Planner();
    private final ScheduledExecutorService builder = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("snapshot-builder").unstarted(task));
    private volatile RoutingTable current;
    private volatile List<MarketPlan> plans = List.of();
    private volatile long builtNanos;
    private @Nullable ScheduledFuture<?> ticks;

    Routes(
            CdnDirectory directory,
            CdnHealth health,
            Markets markets,
            Contracts contracts,
            UsageWatch usage,
            Scorecards scorecards,
            NanoClock nanos,
            InstantSource clock,
            RoutingConfig config,
            MeterRegistry meters) {
        this.directory = directory;
        this.health = health;
        this.markets = markets;
        this.contracts = contracts;
        this.usage = usage;
        this.scorecards = scorecards;
        this.nanos = nanos;
        this.clock = clock;
        this.allDown = config.allDown();
        this.current = RoutingTable.of(Snapshot.of(0, List.of(), allDown), Countries.SIZE);
        this.builtNanos = nanos.nanos();
        Gauge.builder("sluice.gateway.snapshot.age", this, routes -> (nanos.nanos() - routes.builtNanos) / 1e9)
                .baseUnit("seconds")
                .description("since the snapshot was built; grows when the builder is stuck")
                .register(meters);
        Gauge.builder("sluice.gateway.panic", this, routes -> routes.panic() ? 1 : 0)
                .description("1 while no CDN is healthy in a market and static order is used there")
                .register(meters);
    }

    /** The newest table; read it once per request. */
    public RoutingTable current() {
        return current;
    }

    /** How the table came about, for each market, the default one first. */
    public List<MarketPlan> plans() {
        return plans;
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        build();
        directory.onChange(this::buildSoon);
        health.onChange(this::buildSoon);
        markets.onChange(this::buildSoon);
        ticks = builder.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        if (ticks != null) {
            ticks.cancel(false);
        }
        builder.shutdown();
    }

    private boolean panic() {
        return current.markets().stream().anyMatch(Snapshot::panic);
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
            boolean before = panic();
            RoutingTable next = planner.plan(inputs());
            plans = planner.reasons();
            current = next;
            builtNanos = nanos.nanos();
            if (panic() && !before) {
                LOG.warn("no CDN is healthy: those that may still serve are used in static order");
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "the snapshot could not be built; the last one stays");
        }
    }

    private Inputs inputs() {
        Usage used = usage.current();
        return new Inputs(
                directory.current().version(),
                directory.candidates(),
                directory::inMarket,
                markets.all(),
                contracts.byCdn(),
                used,
                scorecards::of,
                scorecards.errorObjective(),
                ShadowPrice.originPerGb(used.exceedProbability(), usage.originPerGb()),
                scorecards.originMbps(),
                allDown,
                nanos.nanos() / 1e9,
                clock.instant().getEpochSecond());
    }
}
