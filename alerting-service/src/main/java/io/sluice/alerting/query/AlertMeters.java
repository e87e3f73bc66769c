package io.sluice.alerting.query;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What fires, in figures; counted each five seconds. */
@Singleton
class AlertMeters {
    private final QueryStore store;
    private volatile long firing;

    AlertMeters(QueryStore store, CompatConfig compat, MeterRegistry registry) {
        this.store = store;
        Gauge.builder("sluice.alerting.alerts", () -> firing)
                .description("Alerts that have not ended")
                .tag("state", "active")
                .register(registry);
        Gauge.builder("alertmanager.build.info", () -> 1)
                .description("The Alertmanager whose API this is; karma reads it")
                .tag("version", compat.version())
                .register(registry);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return store.countFiring()
                .invoke(count -> firing = count)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }
}
