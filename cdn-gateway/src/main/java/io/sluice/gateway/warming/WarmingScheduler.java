package io.sluice.gateway.warming;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Begins the warming of each schedule once in each of its windows, and stops it at the window's end. Whichever replica comes first
 * begins it, with its own sample; the name of the window as the job's key keeps the others from beginning it again.
 */
@Singleton
class WarmingScheduler {
    private static final Logger LOG = Logger.getLogger(WarmingScheduler.class);
    private static final int MOST = 1000;

    private final WarmingScheduleStore schedules;
    private final WarmingStore store;
    private final Warmings warmings;
    private final Migrations migrations;
    private final InstantSource clock;
    private final WarmingConfig config;
    private final Vertx vertx;
    private long timer = -1;

    WarmingScheduler(
            WarmingScheduleStore schedules,
            WarmingStore store,
            Warmings warmings,
            Migrations migrations,
            InstantSource clock,
            WarmingConfig config,
            Vertx vertx) {
        this.schedules = schedules;
        this.store = store;
        this.warmings = warmings;
        this.migrations = migrations;
        this.clock = clock;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.scheduleInterval().toMillis(), ignored -> {
            if (migrations.done()) {
                look().subscribe()
                        .with(
                                done -> {},
                                failure -> LOG.debugf("schedules were not looked at: %s", failure.getMessage()));
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private Uni<Void> look() {
        return store.endOverdue().chain(() -> schedules.list(null, MOST)).chain(all -> {
            Uni<Void> looked = Uni.createFrom().voidItem();
            for (WarmingSchedule schedule : all) {
                looked = looked.chain(() -> begin(schedule));
            }
            return looked;
        });
    }

    private Uni<Void> begin(WarmingSchedule schedule) {
        WarmingTerms.Window window = schedule.terms().open(clock.instant()).orElse(null);
        boolean began = window != null
                && schedule.lastDay() != null
                && !schedule.lastDay().isBefore(window.day());
        if (window == null || began) {
            return Uni.createFrom().voidItem();
        }
        String key = schedule.name() + "/" + window.day();
        return Uni.createFrom()
                .deferred(() -> warmings.scheduled(schedule.name(), schedule.terms(), key, window.end()))
                .chain(job -> schedules.ran(schedule.name(), window.day(), Long.parseLong(job.id())))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.infof("the warming schedule %s did not begin: %s", schedule.name(), failure.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }
}
