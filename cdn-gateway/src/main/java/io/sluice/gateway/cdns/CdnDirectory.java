package io.sluice.gateway.cdns;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.gateway.health.CdnHealth;
import io.sluice.gateway.health.Health;
import io.sluice.gateway.health.Target;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.platform.database.Migrations;
import io.sluice.platform.snapshot.SnapshotFile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The CDNs that are in use now. PostgreSQL is polled for changes by any replica; the last known set is on disk and serves while
 * PostgreSQL is away; before the first contact the configured CDNs serve.
 */
@ApplicationScoped
@RegisterForReflection(targets = {CdnSet.class, Cdn.class, Drain.class, Vendor.class, VendorKind.class})
public class CdnDirectory {
    private static final Logger LOG = Logger.getLogger(CdnDirectory.class);
    private static final long POLL_MILLIS = 1000;

    private final CdnStore store;
    private final CdnHealth health;
    private final Migrations migrations;
    private final InstantSource clock;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final SnapshotFile file;
    private final WorkerExecutor disk;
    private final List<Cdn> configured;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile CdnSet current;
    private volatile Map<String, Integer> withheld = Map.of();
    private long poll = -1;

    CdnDirectory(
            CdnStore store,
            CdnsConfig config,
            CdnHealth health,
            Migrations migrations,
            InstantSource clock,
            Vertx vertx,
            ObjectMapper json,
            @ConfigProperty(name = "sluice.data.dir") Path folder) {
        this.store = store;
        this.health = health;
        this.migrations = migrations;
        this.clock = clock;
        this.vertx = vertx;
        this.json = json;
        this.file = new SnapshotFile(folder.resolve("cdns.snapshot"));
        this.disk = vertx.createSharedWorkerExecutor("snapshots", 1);
        this.configured = seeds(config);
        this.current = new CdnSet(0, configured);
    }

    /** Calls {@code listener} when the set has changed; it must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public CdnSet current() {
        return current;
    }

    /** The CDNs as the selection takes them, with their states at this moment, in the order of their names. */
    public List<Candidate> candidates() {
        Instant now = clock.instant();
        List<Candidate> candidates = new ArrayList<>();
        for (Cdn cdn : current.cdns()) {
            CdnStatus status = status(cdn, now);
            candidates.add(new Candidate(
                    cdn.name(),
                    cdn.url(),
                    cdn.weight(),
                    status,
                    status == CdnStatus.UP ? health.share(cdn.name()) : 0,
                    withheld.getOrDefault(cdn.name(), 0) * Snapshot.BUCKETS / 100));
        }
        return candidates;
    }

    /** A candidate as it is for clients of a market. */
    public Candidate inMarket(String market, Candidate candidate) {
        if (candidate.status() != CdnStatus.UP) {
            return candidate;
        }
        CdnStatus there = status(health.of(candidate.name(), market));
        return there == CdnStatus.UP
                ? candidate.taking(health.share(candidate.name(), market))
                : candidate.withStatus(there);
    }

    /** Lets CDNs count as failed for a share of keys, in percent by name; all others, and none at first, count as they are. */
    public void withhold(Map<String, Integer> percents) {
        withheld = Map.copyOf(percents);
        listeners.forEach(Runnable::run);
    }

    CdnStatus status(Cdn cdn, Instant now) {
        if (cdn.drained(now)) {
            return CdnStatus.DRAINED;
        }
        return status(health.of(cdn.name()));
    }

    private static CdnStatus status(Health health) {
        return switch (health) {
            case UP -> CdnStatus.UP;
            case TRIAL -> CdnStatus.TRIAL;
            case BREAKER_OPEN -> CdnStatus.BREAKER_OPEN;
            case FAILING -> CdnStatus.FAILING;
            case UNREACHABLE -> CdnStatus.UNREACHABLE;
        };
    }

    /** Reads the set from PostgreSQL and takes it up when it has changed. */
    Uni<CdnSet> refresh() {
        return store.all().invoke(this::adopt);
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        CdnSet saved = read();
        if (saved != null) {
            current = saved;
        }
        publish();
        migrations.whenDone(() -> store.seed(configured)
                .subscribe()
                .with(
                        ignored -> LOG.debug("CDNs of the configuration are in"),
                        failure -> LOG.warnf("CDNs of the configuration are not in yet: %s", failure.getMessage())));
        poll = vertx.setPeriodic(POLL_MILLIS, ignored -> {
            if (migrations.done()) {
                refresh()
                        .subscribe()
                        .with(set -> {}, failure -> LOG.debugf("CDNs could not be read: %s", failure.getMessage()));
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(poll);
    }

    private void adopt(CdnSet set) {
        if (set.version() == 0 || set.equals(current)) {
            return;
        }
        current = set;
        LOG.infof("version %d of the CDNs: %s", set.version(), set.cdns());
        publish();
        disk.executeBlocking(() -> {
                    file.write(json.writeValueAsBytes(set));
                    return null;
                })
                .onFailure(failure -> LOG.warnf("%s could not be written: %s", file.path(), failure.getMessage()));
    }

    private void publish() {
        health.watch(current.cdns().stream()
                .map(cdn -> new Target(cdn.name(), cdn.url() + cdn.probe()))
                .toList());
        listeners.forEach(Runnable::run);
    }

    private @Nullable CdnSet read() {
        try {
            byte[] content = file.read().orElse(null);
            return content == null ? null : json.readValue(content, CdnSet.class);
        } catch (IOException e) {
            LOG.warnf("%s could not be read and is not used: %s", file.path(), e.getMessage());
            return null;
        }
    }

    private static List<Cdn> seeds(CdnsConfig config) {
        List<Cdn> seeds = new ArrayList<>();
        config.byName().forEach((name, seed) -> {
            try {
                seeds.add(new Cdn(name, seed.url(), seed.weight(), seed.probe(), null, vendor(seed)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sluice.gateway.cdns." + name + ": " + e.getMessage(), e);
            }
        });
        seeds.sort(java.util.Comparator.comparing(Cdn::name));
        return List.copyOf(seeds);
    }

    private static Vendor vendor(CdnsConfig.Seed seed) {
        return new Vendor(seed.kind(), seed.settings(), seed.credential().orElse(null));
    }
}
