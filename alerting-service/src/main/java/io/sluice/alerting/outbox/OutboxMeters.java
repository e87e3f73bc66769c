package io.sluice.alerting.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/** What the outbox did and what waits in it. */
@Singleton
class OutboxMeters {
    private final MeterRegistry registry;
    private final OutboxStore store;
    private final OutboxConfig config;
    private volatile OutboxStore.Lag lag = new OutboxStore.Lag(0, 0);

    OutboxMeters(MeterRegistry registry, OutboxStore store, OutboxConfig config) {
        this.registry = registry;
        this.store = store;
        this.config = config;
        Gauge.builder("sluice.alerting.outbox.waiting", () -> lag.waiting())
                .description("Deliveries that have not ended")
                .register(registry);
        Gauge.builder("sluice.alerting.outbox.oldest.seconds", () -> lag.oldestSeconds())
                .description("Age of the oldest delivery that has not ended")
                .register(registry);
    }

    void attempt(String channel, Outcome outcome) {
        String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        registry.counter("sluice.alerting.delivery.attempts", "channel", channel, "outcome", name)
                .increment();
    }

    void delivered(String channel, Duration sinceAccepted) {
        Timer.builder("sluice.alerting.accepted.to.delivered")
                .description("From the oldest report in a notification to the destination's answer")
                .tag("channel", channel)
                .register(registry)
                .record(sinceAccepted);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        return store.lag()
                .invoke(fresh -> lag = fresh)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> forget() {
        return store.forget(config.retention()).replaceWithVoid().onFailure().recoverWithNull();
    }
}
