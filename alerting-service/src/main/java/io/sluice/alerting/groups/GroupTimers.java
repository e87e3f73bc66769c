package io.sluice.alerting.groups;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.alerting.outbox.Courier;
import io.sluice.alerting.outbox.Loop;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Looks at groups when their timers, which are rows, are due. Any number of replicas may do so at the same time. */
@ApplicationScoped
public class GroupTimers {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final Duration KEEP = Duration.ofHours(1);

    private final GroupStore store;
    private final RouteConfig route;
    private final Courier courier;
    private final Loop loop;

    GroupTimers(GroupStore store, RouteConfig route, Courier courier, Vertx vertx) {
        this.store = store;
        this.route = route;
        this.courier = courier;
        this.loop = new Loop("group timers", vertx, route.poll(), this::round);
    }

    /** Says that a group of this process has something new, to be told about after the route's wait. */
    public void changed() {
        if (route.groupWait().compareTo(route.poll()) < 0) {
            loop.wakeAfter(route.groupWait().plusMillis(1));
        }
    }

    void start(@Observes StartupEvent event, Migrations migrations) {
        migrations.whenDone(() -> store.beat(SILENCE, grace())
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(500), Duration.ofSeconds(5))
                .atMost(Long.MAX_VALUE)
                .subscribe()
                .with(beaten -> loop.start()));
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        return store.beat(SILENCE, grace()).replaceWithVoid().onFailure().recoverWithNull();
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return store.forget(KEEP).onFailure().recoverWithNull();
    }

    private Duration grace() {
        return route.resolveTimeout().compareTo(GRACE) > 0 ? route.resolveTimeout() : GRACE;
    }

    private Uni<Boolean> round() {
        return store.flushDue()
                .invoke(groups -> {
                    if (groups > 0) {
                        courier.wake();
                    }
                })
                .map(groups -> groups > 0);
    }
}
