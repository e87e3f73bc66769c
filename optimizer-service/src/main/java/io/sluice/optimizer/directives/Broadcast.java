package io.sluice.optimizer.directives;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.StreamHeartbeat;
import io.sluice.contracts.directive.StreamHello;
import io.sluice.optimizer.directives.Subscriber.Patience;
import io.sluice.optimizer.leadership.Leadership;
import io.sluice.optimizer.presence.Presence;
import io.sluice.optimizer.timing.Repeating;
import io.sluice.platform.clock.NanoClock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sends hello, directives and heartbeats to every open stream. Each frame is encoded once, and each event loop is given one task
 * for all of its streams, so that a broadcast is not held up by the acknowledgements that it causes. A heartbeat goes out only
 * while the leadership is certain (see {@link Leadership}); else a comment keeps the connection open without renewing any lease.
 */
@ApplicationScoped
@RegisterForReflection(targets = {StreamHello.class, StreamHeartbeat.class})
class Broadcast {
    private static final Buffer KEEP_ALIVE = Buffer.buffer(": the leadership is not certain\n\n");
    private static final String HEARTBEAT = "heartbeat";

    private final Directives directives;
    private final Leadership leadership;
    private final DirectiveConfig config;
    private final Presence presence;
    private final InstantSource time;
    private final ObjectMapper json;
    private final Patience patience;

    /** By event loop. */
    private final Map<Context, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();

    Broadcast(
            Directives directives,
            Leadership leadership,
            Presence presence,
            DirectiveConfig config,
            InstantSource time,
            ObjectMapper json,
            NanoClock clock,
            MeterRegistry meters) {
        this.directives = directives;
        this.leadership = leadership;
        this.config = config;
        this.time = time;
        this.json = json;
        directives.listen(this::announce);
        this.presence = presence;
        meters.gauge("sluice.optimizer.stream.subscribers", count);
        Counter stuck = meters.counter("sluice.optimizer.stream.stuck");
        this.patience = new Patience(config.broadcast().patience(), clock, stuck::increment);
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var _ = new Repeating(vertx, HEARTBEAT, config.broadcast().heartbeat(), this::beat);
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        forEach(Subscriber::end);
    }

    /** How long a stream may take nothing. */
    Patience patience() {
        return patience;
    }

    /** Adds a stream: hello, everything in force, a heartbeat. Called on its event loop. */
    void add(Subscriber subscriber) {
        if (subscribers
                .computeIfAbsent(subscriber.loop(), loop -> ConcurrentHashMap.newKeySet())
                .add(subscriber)) {
            count.incrementAndGet();
        }
        subscriber.sendNow(
                "hello",
                frame(
                        "hello",
                        "",
                        new StreamHello(
                                leadership.epoch(),
                                (int) Math.max(1, config.broadcast().heartbeat().toSeconds()),
                                (int) config.directives().lease().toSeconds(),
                                time.instant())));
        directives.current().byScope().values().forEach(issued -> subscriber.sendNow(kind(issued), frame(issued)));
        subscriber.sendNow(HEARTBEAT, heartbeat());
    }

    /** Called on its event loop; harmless to repeat. */
    void remove(Subscriber subscriber) {
        if (subscribers.getOrDefault(subscriber.loop(), Set.of()).remove(subscriber)) {
            count.decrementAndGet();
        }
    }

    private void forEach(Consumer<Subscriber> action) {
        subscribers.forEach((loop, own) -> loop.runOnContext(ignored -> own.forEach(action)));
    }

    private void announce(Issued issued) {
        String kind = kind(issued);
        Buffer frame = frame(issued);
        forEach(subscriber -> subscriber.sendNow(kind, frame));
    }

    private Uni<Void> beat() {
        Buffer frame = heartbeat();
        forEach(subscriber -> {
            presence.seen(subscriber.worker(), subscriber.caller());
            subscriber.sendNow(HEARTBEAT, frame);
        });
        return Uni.createFrom().voidItem();
    }

    private Buffer heartbeat() {
        return leadership
                .certain()
                .map(vouch -> frame(
                        HEARTBEAT,
                        "",
                        new StreamHeartbeat(
                                vouch.epoch(),
                                directives.current().digest(),
                                time.instant().plus(leadership.left(vouch)))))
                .orElse(KEEP_ALIVE);
    }

    private static String kind(Issued issued) {
        return "directive " + issued.directive().scope();
    }

    private Buffer frame(Issued issued) {
        Directive directive = issued.directive();
        return frame("directive", "id: " + directive.epoch() + '-' + directive.generation() + '\n', issued.signed());
    }

    private Buffer frame(String event, String id, Object data) {
        try {
            return Buffer.buffer("event: " + event + '\n' + id + "data: " + json.writeValueAsString(data) + "\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written", e);
        }
    }
}
