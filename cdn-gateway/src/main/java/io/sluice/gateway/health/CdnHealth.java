package io.sluice.gateway.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.sluice.platform.clock.NanoClock;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Watches CDNs: probes each at intervals with jitter, takes in responses that others report, and tells its listeners when the
 * health of one changes. Listeners run on an event loop or on the reporting thread and must not block.
 */
@ApplicationScoped
public class CdnHealth {
    private static final Logger LOG = Logger.getLogger(CdnHealth.class);

    private final Vertx vertx;
    private final HealthConfig config;
    private final InstantSource clock;
    private final NanoClock nanos;
    private final RandomGenerator random;
    private final MeterRegistry meters;
    private final Probe probe;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    CdnHealth(
            Vertx vertx,
            HealthConfig config,
            InstantSource clock,
            NanoClock nanos,
            RandomGenerator random,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.nanos = nanos;
        this.random = random;
        this.meters = meters;
        this.probe = new Probe(vertx, config.timeout(), config.bodySha256());
    }

    /** Calls {@code listener} at each change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Watches exactly these; one that was watched at the same address keeps its history. */
    public synchronized void watch(List<Target> targets) {
        watches.values().removeIf(watch -> {
            boolean gone = !targets.contains(watch.target);
            if (gone) {
                watch.stop();
            }
            return gone;
        });
        for (Target target : targets) {
            watches.computeIfAbsent(target.cdn(), ignored -> new Watch(target)).start();
        }
    }

    /** Health of a CDN; one that is not watched yet counts as up. */
    public Health of(String cdn) {
        Watch watch = watches.get(cdn);
        return watch == null ? Health.UP : watch.watched.health();
    }

    /** Health of a CDN for clients of a market. */
    public Health of(String cdn, String market) {
        Watch watch = watches.get(cdn);
        return watch == null ? Health.UP : watch.watched.health(market);
    }

    /** The share of its keys that a CDN takes, 0.01-1: below 1 for some time after it came back. */
    public double share(String cdn) {
        Watch watch = watches.get(cdn);
        return watch == null ? 1 : watch.watched.share(nanos.nanos());
    }

    /** The same for clients of a market. */
    public double share(String cdn, String market) {
        Watch watch = watches.get(cdn);
        return watch == null ? 1 : watch.watched.share(market, nanos.nanos());
    }

    /** Markets in which a CDN is not UP although it may be elsewhere. */
    public Map<String, Health> ailingIn(String cdn) {
        Watch watch = watches.get(cdn);
        return watch == null ? Map.of() : watch.watched.ailingIn();
    }

    /** What was seen of a CDN last, for a person. */
    public String lastSeen(String cdn) {
        Watch watch = watches.get(cdn);
        return watch == null ? "not probed yet" : watch.watched.lastSeen();
    }

    /** The latest changes of a CDN's health, newest last. */
    public List<Transition> history(String cdn) {
        Watch watch = watches.get(cdn);
        return watch == null ? List.of() : watch.watched.history();
    }

    /** Takes in responses of a CDN that others saw; those with {@code Sluice-Outcome: throttle} must not be among them. */
    public void reported(String cdn, long good, long failed) {
        Watch watch = watches.get(cdn);
        if (watch != null) {
            watch.after(() -> watch.watched.reported(good, failed, nanos.nanos()));
        }
    }

    /** The same for responses to clients of one market: they count there and nowhere else. */
    public void reported(String cdn, String market, long good, long failed) {
        Watch watch = watches.get(cdn);
        if (watch != null && watch.watched.reported(market, good, failed, nanos.nanos())) {
            LOG.warnf("CDN %s is %s in market %s", cdn, watch.watched.health(market), market);
            listeners.forEach(Runnable::run);
        }
    }

    /** Notices breakers whose time is over. */
    public void settle() {
        watches.values().forEach(watch -> watch.after(() -> watch.watched.settle(nanos.nanos())));
    }

    void stop(@Observes ShutdownEvent event) {
        watch(List.of());
        probe.close();
    }

    private final class Watch {
        private final Target target;
        private final Watched watched;
        private volatile boolean started;
        private volatile boolean stopped;

        Watch(Target target) {
            this.target = target;
            this.watched = new Watched(
                    () -> new Breaker(
                            config.breakerOpen().toNanos(),
                            config.breakerMaxOpen().toNanos()),
                    () -> new SlowStart(config.slowStart().toNanos()),
                    clock);
        }

        void start() {
            if (!started) {
                started = true;
                schedule(1 + random.nextLong(Math.max(1, config.interval().toMillis() / 4)));
            }
        }

        void stop() {
            stopped = true;
        }

        /** Does something that answers whether anything changed, and tells. */
        void after(BooleanSupplier step) {
            Health before = watched.health();
            if (step.getAsBoolean()) {
                if (watched.health() != before) {
                    tell(watched.history().getLast());
                }
                listeners.forEach(Runnable::run);
            }
        }

        private void tell(Transition last) {
            LOG.warnf("CDN %s is %s, was %s: %s", target.cdn(), last.to(), last.from(), last.reason());
            meters.counter(
                            "sluice.gateway.cdn.transitions",
                            "cdn",
                            target.cdn(),
                            "to",
                            last.to().name())
                    .increment();
        }

        private void schedule(long pauseMillis) {
            vertx.setTimer(pauseMillis, ignored -> {
                if (!stopped) {
                    probe.of(target.url()).onSuccess(this::probed);
                }
            });
        }

        private void probed(ProbeResult result) {
            if (stopped) {
                return;
            }
            after(() -> watched.probed(result, nanos.nanos()));
            double base = config.interval().toMillis();
            double jitter = base * Math.clamp(config.jitter(), 0, 0.5);
            schedule(Math.max(1, (long) (base - jitter + random.nextDouble() * 2 * jitter)));
        }
    }
}
