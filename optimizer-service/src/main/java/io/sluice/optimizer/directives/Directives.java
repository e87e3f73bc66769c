package io.sluice.optimizer.directives;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveSet;
import io.sluice.optimizer.timing.Repeating;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The directives in force, as one immutable snapshot that goes on being served while PostgreSQL is away. It is read anew after
 * each issue, and every two seconds for what another optimizer has issued. A generation never goes back.
 */
@ApplicationScoped
public class Directives {
    private final DirectiveStore store;
    private final DirectiveConfig config;
    private final List<Consumer<Issued>> listeners = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot = new Snapshot(false, Map.of(), DirectiveSet.digestOf(List.of()));

    Directives(DirectiveStore store, DirectiveConfig config, MeterRegistry meters) {
        this.store = store;
        this.config = config;
        meters.gauge(
                "sluice.optimizer.directive.generation",
                this,
                d -> d.inForce(Directive.GLOBAL)
                        .map(issued -> issued.directive().generation())
                        .orElse(0L));
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var _ = new Repeating(vertx, "directives", config.broadcast().refresh(), this::refresh);
    }

    /** What is in force. */
    public Snapshot current() {
        return snapshot;
    }

    /** What is in force for exactly this scope. */
    public Optional<Issued> inForce(String scope) {
        return Optional.ofNullable(snapshot.byScope().get(scope));
    }

    /** Is told of each new directive, on the thread that found it. */
    public void listen(Consumer<Issued> listener) {
        listeners.add(listener);
    }

    /** Reads what is in force from the database. */
    public Uni<Void> refresh() {
        return store.inForce().invoke(this::take).replaceWithVoid();
    }

    private synchronized void take(List<Issued> read) {
        Map<String, Issued> next = new TreeMap<>(snapshot.byScope());
        List<Issued> fresh = read.stream()
                .filter(issued -> {
                    Issued held = next.get(issued.directive().scope());
                    return held == null || issued.directive().newerThan(held.directive());
                })
                .toList();
        fresh.forEach(issued -> next.put(issued.directive().scope(), issued));
        if (!fresh.isEmpty() || !snapshot.loaded()) {
            snapshot = new Snapshot(
                    true,
                    Map.copyOf(next),
                    DirectiveSet.digestOf(
                            next.values().stream().map(Issued::directive).toList()));
        }
        fresh.forEach(issued -> listeners.forEach(listener -> listener.accept(issued)));
    }

    /**
     * Everything in force at one moment.
     *
     * @param loaded whether it was ever read from the database
     * @param byScope one for each scope
     * @param digest of all
     */
    public record Snapshot(boolean loaded, Map<String, Issued> byScope, String digest) {}
}
