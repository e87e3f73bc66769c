package io.sluice.platform.stream;

import io.sluice.platform.neighbour.Neighbours;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a receiver's state equal to a server's: an event stream brings changes at once, and reading the whole state with its
 * ETag, at intervals with jitter and whenever the receiver asks, makes sure of it even when events are lost. Before the first
 * connection and after each reconnection the receiver registers. Callbacks run on event loops and must not block.
 */
public final class ReconciledStream implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReconciledStream.class);
    private static final Duration REGISTER_AGAIN = Duration.ofSeconds(4);

    private final Vertx vertx;
    private final Neighbours neighbours;
    private final Options options;
    private final RandomGenerator random;
    private final Consumer<String> whole;
    private final EventStream events;
    private volatile @Nullable String etag;
    private volatile boolean registered;
    private volatile boolean registering;
    private volatile boolean closed;

    /**
     * @param neighbour whom to follow
     * @param registerPath {@code POST}ed with {@code registration} before anything is read
     * @param registration JSON body of the registration
     * @param streamPath the event stream
     * @param statePath the whole state, with an ETag
     * @param silence longest time without an event, above the server's heartbeat
     * @param interval between two readings of the whole state, +- 20 %
     */
    public record Options(
            String neighbour,
            String registerPath,
            Supplier<String> registration,
            String streamPath,
            String statePath,
            Duration silence,
            Duration interval) {}

    /**
     * @param event each event of the stream
     * @param whole the whole state as JSON, when it has changed since it was last read
     */
    public ReconciledStream(
            Vertx vertx,
            Neighbours neighbours,
            RandomGenerator random,
            Options options,
            Consumer<ServerSentEvent> event,
            Consumer<String> whole) {
        this.vertx = vertx;
        this.neighbours = neighbours;
        this.random = random;
        this.options = options;
        this.whole = whole;
        String base = neighbours.url(options.neighbour()).orElseThrow();
        this.events = new EventStream(
                vertx,
                EventStream.Options.of(
                        base + options.streamPath(), () -> neighbours.headers(options.neighbour()), options.silence()),
                random,
                received -> {
                    neighbours.report(options.neighbour(), true, "");
                    if (received.name().equals("hello")) {
                        register();
                    }
                    event.accept(received);
                });
    }

    /** Registers, reads the whole state and follows. */
    public void open() {
        register();
        reconcile();
        schedule();
        events.open(null);
    }

    /** Whether events are coming in. */
    public boolean connected() {
        return events.connected();
    }

    /** Reads the whole state now; unchanged costs one 304. */
    public void reconcile() {
        Map<String, String> headers = new HashMap<>();
        String known = etag;
        if (known != null) {
            headers.put("If-None-Match", known);
        }
        neighbours
                .call(options.neighbour(), HttpMethod.GET, options.statePath(), headers, null, Duration.ofSeconds(5))
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() == 200) {
                                whole.accept(response.bodyAsString());
                                etag = response.getHeader("ETag");
                            }
                        },
                        failure -> LOG.debugf("%s: %s", options.statePath(), failure.getMessage()));
    }

    @Override
    public void close() {
        closed = true;
        events.close();
    }

    private void register() {
        neighbours
                .call(
                        options.neighbour(),
                        HttpMethod.POST,
                        options.registerPath(),
                        Map.of(),
                        Buffer.buffer(options.registration().get()),
                        Duration.ofSeconds(5))
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() < 300) {
                                registered();
                            } else {
                                registerAgain("answered " + response.statusCode());
                            }
                        },
                        failure -> registerAgain(String.valueOf(failure.getMessage())));
    }

    /** What was sent before the server knew us may have been refused: everything is read and answered once more. */
    private void registered() {
        if (!registered) {
            registered = true;
            etag = null;
            reconcile();
        }
    }

    private void registerAgain(String reason) {
        registered = false;
        LOG.debugf("%s: %s", options.registerPath(), reason);
        if (!closed && !registering) {
            registering = true;
            vertx.setTimer(1 + random.nextLong(REGISTER_AGAIN.toMillis()), ignored -> {
                registering = false;
                if (!closed) {
                    register();
                }
            });
        }
    }

    private void schedule() {
        long base = options.interval().toMillis();
        long pause = Math.max(1, base - base / 5 + random.nextLong(Math.max(1, base * 2 / 5)));
        vertx.setTimer(pause, ignored -> {
            if (!closed) {
                reconcile();
                schedule();
            }
        });
    }
}
