package io.sluice.optimizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.contracts.directive.DirectiveSet;
import io.sluice.contracts.directive.DirectiveSignatures;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.contracts.directive.StreamHeartbeat;
import io.sluice.platform.stream.EventStream;
import io.sluice.platform.stream.ServerSentEvent;
import io.sluice.testkit.access.TestTokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A receiver as services have it: the suite's own stream client and inbox, with the optimizer's public key. */
public final class Following implements AutoCloseable {
    private final ObjectMapper json;
    private final EventStream stream;
    private final List<ServerSentEvent> events = new CopyOnWriteArrayList<>();
    private final DirectiveInbox inbox;

    public Following(Vertx vertx, ObjectMapper json, String base, String worker) {
        this.json = json;
        this.inbox = new DirectiveInbox(
                Map.of("test", DirectiveSignatures.publicKey(Optimizer.PUBLIC_KEY)),
                bytes -> read(bytes, Directive.class));
        this.stream = new EventStream(
                vertx,
                EventStream.Options.of(
                        base + "/api/v1/directives/stream?worker=" + worker,
                        () -> Map.of("Authorization", "Bearer " + TestTokens.SERVICE),
                        Duration.ofSeconds(5)),
                RandomGenerator.getDefault(),
                this::take);
        stream.open(null);
    }

    public List<ServerSentEvent> events() {
        return events;
    }

    public long count(String name) {
        return events.stream().filter(event -> event.name().equals(name)).count();
    }

    public DirectiveInbox inbox() {
        return inbox;
    }

    /** Takes what {@code GET /api/v1/directives} answered. */
    public void reconcile(String body) {
        read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), DirectiveSet.class)
                .items()
                .forEach(signed -> inbox.offer(signed, System.nanoTime()));
    }

    @Override
    public void close() {
        stream.close();
    }

    private void take(ServerSentEvent event) {
        byte[] data = event.data().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        switch (event.name()) {
            case "directive" -> inbox.offer(read(data, SignedDirective.class), System.nanoTime());
            case "heartbeat" -> inbox.heartbeat(read(data, StreamHeartbeat.class), System.nanoTime());
            default -> {}
        }
        events.add(event);
    }

    private <T> T read(byte[] data, Class<T> type) {
        try {
            return json.readValue(data, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
