package io.sluice.optimizer.workers;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.directives.DirectiveConfig;
import io.sluice.optimizer.directives.Directives;
import io.sluice.optimizer.directives.Issued;
import io.sluice.optimizer.timing.Repeating;
import io.sluice.optimizer.workers.WorkerStore.Known;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The fleet: who is live, who is stale, since when and why. */
@ApplicationScoped
public class Workers {
    private static final int MOST_COUNTED = 1000;
    private static final Duration TIDIED_EVERY = Duration.ofHours(1);
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(5);

    private final WorkerStore store;
    private final Directives directives;
    private final DirectiveConfig config;
    private final WorkersConfig kept;
    private final AtomicInteger unacked = new AtomicInteger();

    Workers(
            WorkerStore store,
            Directives directives,
            DirectiveConfig config,
            WorkersConfig kept,
            MeterRegistry meters) {
        this.kept = kept;
        this.store = store;
        this.directives = directives;
        this.config = config;
        meters.gauge("sluice.optimizer.unacked.receivers", unacked);
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var _ = new Repeating(
                vertx,
                "workers",
                COUNTED_EVERY,
                () -> page("", MOST_COUNTED)
                        .invoke(all -> unacked.set((int) all.stream()
                                .filter(worker -> worker.live() && worker.staleSince() != null)
                                .count()))
                        .replaceWithVoid());
        var _ = new Repeating(vertx, "tidying", TIDIED_EVERY, this::tidy);
    }

    /** Forgets what is older than configured. */
    Uni<Void> tidy() {
        return store.forget(atLeastAnHour(kept.forgetAfter()), atLeastAnHour(kept.receipts()));
    }

    private static Duration atLeastAnHour(Duration wanted) {
        return wanted.compareTo(TIDIED_EVERY) < 0 ? TIDIED_EVERY : wanted;
    }

    /** Receivers behind {@code after}, by id. */
    public Uni<List<WorkerView>> page(String after, int limit) {
        return store.page(after, limit, config.directives().live())
                .map(known -> known.stream().map(this::view).toList());
    }

    private WorkerView view(Known worker) {
        List<Directive> inForce = directives.current().byScope().values().stream()
                .map(Issued::directive)
                .toList();
        Optional<Staleness> stale =
                Staleness.of(worker.service(), worker.seenAt(), worker.live(), worker.acks(), inForce);
        return new WorkerView(
                worker.id(),
                worker.service(),
                worker.version(),
                worker.bootId(),
                worker.levers(),
                worker.registeredAt(),
                worker.seenAt(),
                worker.live(),
                stale.map(Staleness::since).orElse(null),
                stale.map(Staleness::why).orElse(null),
                worker.acks());
    }
}
