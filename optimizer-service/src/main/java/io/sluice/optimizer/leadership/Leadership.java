package io.sluice.optimizer.leadership;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.optimizer.timing.Repeating;
import io.sluice.platform.clock.NanoClock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether this optimizer writes, and whether the epoch it knows is still certain.
 *
 * <p>Heartbeats renew receivers' leases, so a heartbeat is a promise that whoever holds the epoch still decides. It is made
 * only while that is certain: until the moment at which, by our own monotonic clock counted from before the database was asked,
 * the row in PostgreSQL runs out. A leader that loses its database therefore goes on for at most one leadership lease, and then
 * falls silent: another one may have taken over by then, and a directive must not be kept alive by someone who could not change
 * it. Receivers keep what they hold until their own lease ends, then decay. Followers vouch for the leader's epoch by the same
 * rule, so receivers may be connected to any of them.
 */
@ApplicationScoped
public class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final LeadershipStore store;
    private final LeadershipConfig config;
    private final NanoClock clock;
    private final String me = UUID.randomUUID().toString();
    private volatile Vouch known = new Vouch(0, "", 0);
    private @Nullable Repeating renewal;

    @Inject
    Leadership(LeadershipStore store, LeadershipConfig config, NanoClock clock, MeterRegistry meters) {
        this(store, config, clock);
        meters.gauge("sluice.optimizer.leader", this, l -> l.mine().isPresent() ? 1 : 0);
        meters.gauge("sluice.optimizer.epoch", this, l -> l.known.epoch());
    }

    Leadership(LeadershipStore store, LeadershipConfig config, NanoClock clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        renewal = new Repeating(vertx, "leadership", config.renew(), this::renew);
    }

    void stop(@Observes ShutdownEvent event) {
        if (renewal != null) {
            renewal.close();
        }
        if (mine().isPresent()) {
            store.release(me)
                    .ifNoItem()
                    .after(Duration.ofSeconds(1))
                    .fail()
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("not released: %s", failure.getMessage()));
        }
    }

    /** Renews what is ours, or takes what is free. */
    Uni<Void> renew() {
        long asked = clock.nanos();
        return store.takeOrRenew(me, config.lease())
                .invoke(standing -> {
                    Vouch before = known;
                    known = new Vouch(standing.epoch(), standing.holder(), asked + standing.millisLeft() * 1_000_000);
                    if (before.epoch() != known.epoch()) {
                        LOG.infof(
                                "epoch %d is led by %s",
                                (Object) known.epoch(), known.holder().equals(me) ? "us" : known.holder());
                    }
                })
                .replaceWithVoid();
    }

    /** The epoch we may write in; empty for a follower, and for a leader whose lease may have run out. */
    public Optional<Vouch> mine() {
        Vouch now = known;
        return now.holder().equals(me) && now.certain(clock.nanos()) ? Optional.of(now) : Optional.empty();
    }

    /** The epoch for which heartbeats may be sent; empty when nobody can be vouched for. */
    public Optional<Vouch> certain() {
        Vouch now = known;
        return now.certain(clock.nanos()) ? Optional.of(now) : Optional.empty();
    }

    /** The newest epoch that is known, certain or not; 0 before the first. */
    public long epoch() {
        return known.epoch();
    }

    /** How much of the leadership's lease is left. */
    public Duration left(Vouch vouch) {
        return Duration.ofNanos(Math.max(0, vouch.certainUntilNanos() - clock.nanos()));
    }
}
