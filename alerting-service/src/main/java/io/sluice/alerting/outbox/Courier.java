package io.sluice.alerting.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the outbox holds to its destinations. Each channel has a loop and a number of its own, so a destination that
 * hangs holds back nobody else. An end that cannot be recorded is tried again until it is, and nothing is sent anew meanwhile.
 */
@ApplicationScoped
public class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final int BROKEN_AFTER = 5;

    /** An attempt ends this long before its lease does, so that nobody else takes it up meanwhile. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final OutboxStore store;
    private final OutboxConfig config;
    private final OutboxMeters meters;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final BackOff backOff;
    private final List<Route> routes;

    Courier(
            OutboxStore store,
            Channels channels,
            OutboxConfig config,
            OutboxMeters meters,
            Vertx vertx,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.random = random;
        if (config.lease().compareTo(MARGIN) <= 0) {
            throw new IllegalArgumentException(
                    "sluice.alerting.outbox.lease must be longer than " + MARGIN.toSeconds() + " s");
        }
        this.backOff = new BackOff(config.firstRetry(), config.longestRetry());
        this.routes = channels.configured().stream()
                .map(channel -> new Route(channel, vertx))
                .toList();
    }

    /** Says that something may be due. */
    public void wake() {
        routes.forEach(route -> route.loop.wake());
    }

    void start(@Observes StartupEvent event, Migrations migrations) {
        migrations.whenDone(() -> routes.forEach(route -> route.loop.start()));
    }

    void stop(@Observes ShutdownEvent event) {
        routes.forEach(route -> route.loop.stop());
    }

    private final class Route {
        private final Channel channel;
        private final Loop loop;
        private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
        private final AtomicInteger failures = new AtomicInteger();

        Route(Channel channel, Vertx vertx) {
            this.channel = channel;
            this.loop = new Loop("delivery by " + channel.name(), vertx, config.poll(), this::round);
        }

        private Uni<Boolean> round() {
            int free = config.inFlight() - underWay.size();
            if (free <= 0) {
                return Uni.createFrom().item(false); // whoever ends wakes the loop
            }
            return store.claim(channel.name(), free, config.lease(), Set.copyOf(underWay))
                    .invoke(parcels -> parcels.forEach(this::carry))
                    .map(parcels -> !parcels.isEmpty());
        }

        private void carry(Parcel parcel) {
            underWay.add(parcel.id());
            Uni.createFrom()
                    .deferred(() -> channel.deliver(parcel))
                    .ifNoItem()
                    .after(config.lease().minus(MARGIN))
                    .fail()
                    .onFailure()
                    .recoverWithItem(failure -> new Outcome.Later(String.valueOf(failure.getMessage()), null))
                    .flatMap(outcome -> recorded(parcel, outcome))
                    .subscribe()
                    .with(done -> ended(parcel), failure -> {
                        LOG.errorf("the end of delivery %d could not be recorded: %s", parcel.id(), failure);
                        ended(parcel);
                    });
        }

        private void ended(Parcel parcel) {
            underWay.remove(parcel.id());
            loop.wake();
        }

        private Uni<Void> recorded(Parcel parcel, Outcome outcome) {
            meters.attempt(channel.name(), outcome);
            switch (outcome) {
                case Outcome.Sent sent -> {
                    failures.set(0);
                    meters.delivered(channel.name(), Duration.between(parcel.acceptedAt(), clock.instant()));
                }
                case Outcome.Later later -> failures.incrementAndGet();
                case Outcome.Refused refused ->
                    LOG.errorf("%s refused notification %d: %s", channel.name(), parcel.id(), refused.reason());
            }
            return Uni.createFrom()
                    .deferred(() -> record(parcel, outcome))
                    .onFailure()
                    .retry()
                    .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                    .atMost(Long.MAX_VALUE);
        }

        private Uni<Void> record(Parcel parcel, Outcome outcome) {
            return switch (outcome) {
                case Outcome.Sent sent -> store.sent(parcel.id(), channel.name());
                case Outcome.Refused(String reason) -> store.failed(parcel.id(), channel.name(), reason);
                case Outcome.Later(String reason, Duration after) -> later(parcel, reason, after);
            };
        }

        private Duration breaker() {
            int beyond = failures.get() - BROKEN_AFTER;
            return beyond < 0 ? Duration.ZERO : backOff.after(beyond + 1, random.nextDouble());
        }

        private Uni<Void> later(Parcel parcel, String reason, @Nullable Duration asked) {
            if (parcel.createdAt().plus(config.giveUpAfter()).isBefore(clock.instant())) {
                return store.failed(parcel.id(), channel.name(), "given up: " + reason);
            }
            Duration own = backOff.after(parcel.attempts(), random.nextDouble());
            Duration wait = asked == null ? own : asked;
            Duration pause = asked == null ? breaker() : asked;
            return store.later(parcel.id(), channel.name(), reason, wait, pause)
                    .invoke(() -> loop.wakeAfter(wait.plusMillis(1)));
        }
    }
}
