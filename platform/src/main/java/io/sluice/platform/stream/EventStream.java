package io.sluice.platform.stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows a server's events for as long as it is open: resumes with {@code Last-Event-ID}, gives a silent connection up after
 * {@link Options#silence}, and comes back with full-jitter back-off so that a fleet does not return all at once. All callbacks
 * run on one event loop; they must not block.
 */
public final class EventStream implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventStream.class);
    private static final int MAX_EVENT = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final Options options;
    private final Consumer<ServerSentEvent> sink;
    private final RandomGenerator random;
    private @Nullable HttpClientRequest request;
    private @Nullable String lastId;
    private long watchdog = -1;
    private int failures;
    private int attempt;
    private volatile boolean connected;
    private volatile boolean closed;

    /**
     * @param url absolute address of the stream
     * @param headers asked for on each connection, so that a token may change
     * @param silence longest time without a byte before the connection is given up; above the server's heartbeat
     * @param minBackoff upper bound of the first pause
     * @param maxBackoff upper bound of any pause
     */
    public record Options(
            String url,
            Supplier<Map<String, String>> headers,
            Duration silence,
            Duration minBackoff,
            Duration maxBackoff) {

        /** 0.5-15 s of back-off. */
        public static Options of(String url, Supplier<Map<String, String>> headers, Duration silence) {
            return new Options(url, headers, silence, Duration.ofMillis(500), Duration.ofSeconds(15));
        }
    }

    public EventStream(Vertx vertx, Options options, RandomGenerator random, Consumer<ServerSentEvent> sink) {
        this.vertx = vertx;
        this.options = options;
        this.random = random;
        this.sink = sink;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(5_000).setKeepAlive(false));
    }

    /** Connects, resuming behind {@code lastEventId} when there is one. */
    public void open(@Nullable String lastEventId) {
        lastId = lastEventId;
        vertx.runOnContext(ignored -> connect());
    }

    /** Whether events are coming in. */
    public boolean connected() {
        return connected;
    }

    @Override
    public void close() {
        closed = true;
        connected = false;
        vertx.runOnContext(ignored -> {
            cancelWatchdog();
            if (request != null) {
                request.reset();
            }
            client.close();
        });
    }

    private void connect() {
        if (closed) {
            return;
        }
        int mine = ++attempt;
        RequestOptions to = new RequestOptions()
                .setAbsoluteURI(options.url())
                .setMethod(HttpMethod.GET)
                .putHeader("Accept", "text/event-stream")
                .putHeader("Cache-Control", "no-store");
        options.headers().get().forEach(to::putHeader);
        if (lastId != null) {
            to.putHeader("Last-Event-ID", lastId);
        }
        watch(mine);
        client.request(to)
                .compose(opened -> {
                    request = opened;
                    return opened.send();
                })
                .onSuccess(response -> read(response, mine))
                .onFailure(failure -> retry(mine, failure.getMessage()));
    }

    private void read(HttpClientResponse response, int mine) {
        if (mine != attempt || closed) {
            return;
        }
        if (response.statusCode() != 200) {
            retry(mine, "status " + response.statusCode());
            return;
        }
        connected = true;
        EventParser parser = new EventParser(this::deliver, MAX_EVENT);
        response.handler(buffer -> {
            watch(mine);
            try {
                parser.feed(buffer.getBytes());
            } catch (IllegalStateException e) {
                retry(mine, e.getMessage());
            }
        });
        response.exceptionHandler(failure -> retry(mine, failure.getMessage()));
        response.endHandler(ignored -> retry(mine, "the server ended it"));
    }

    private void deliver(ServerSentEvent event) {
        failures = 0;
        if (event.id() != null) {
            lastId = event.id();
        }
        try {
            sink.accept(event);
        } catch (RuntimeException e) {
            LOG.warnf(e, "event %s of %s could not be taken", event.name(), options.url());
        }
    }

    private void retry(int mine, @Nullable String reason) {
        if (closed || mine != attempt) {
            return;
        }
        attempt++;
        connected = false;
        cancelWatchdog();
        if (request != null) {
            request.reset();
            request = null;
        }
        long bound =
                Math.min(options.maxBackoff().toMillis(), options.minBackoff().toMillis() << Math.min(10, failures));
        failures++;
        long pause = 1 + random.nextLong(Math.max(1, bound));
        LOG.debugf("stream %s: %s; again in %d ms", options.url(), reason, pause);
        vertx.setTimer(pause, ignored -> connect());
    }

    private void watch(int mine) {
        cancelWatchdog();
        watchdog = vertx.setTimer(options.silence().toMillis(), ignored -> retry(mine, "silent for too long"));
    }

    private void cancelWatchdog() {
        if (watchdog >= 0) {
            vertx.cancelTimer(watchdog);
            watchdog = -1;
        }
    }
}
