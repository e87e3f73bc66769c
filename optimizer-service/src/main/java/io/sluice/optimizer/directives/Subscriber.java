package io.sluice.optimizer.directives;

import io.sluice.platform.clock.NanoClock;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One open stream. While its connection takes no more, only the newest frame of each kind is kept for it: a slow receiver costs
 * one directive of each scope in memory and holds nobody back. One that takes nothing for longer than {@code patience} is
 * disconnected; when it comes back it begins with everything in force. Confined to its event loop.
 */
final class Subscriber {
    private final @Nullable String worker;
    private final String caller;
    private final Context loop;
    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final Patience patience;

    /** Empty and shared as long as the connection keeps up, as nearly all do. */
    private Map<String, Buffer> waiting = Map.of();

    private long movedNanos;

    /**
     * How long a stream may take nothing.
     *
     * @param most at the longest
     * @param gaveUp told of each stream that is disconnected
     */
    record Patience(Duration most, NanoClock clock, Runnable gaveUp) {}

    Subscriber(@Nullable String worker, String caller, Context loop, HttpServerRequest request, Patience patience) {
        this.worker = worker;
        this.caller = caller;
        this.loop = loop;
        this.response = request.response();
        this.connection = request.connection();
        this.patience = patience;
        response.drainHandler(drained -> flush());
    }

    @Nullable
    String worker() {
        return worker;
    }

    /** Name of the token it came with. */
    String caller() {
        return caller;
    }

    /**
     * Sends, or keeps the newest.
     *
     * @param kind frames of the same kind replace each other while they wait
     */
    void send(String kind, Buffer frame) {
        loop.runOnContext(ignored -> sendNow(kind, frame));
    }

    /** The same, called on the event loop of its connection. */
    void sendNow(String kind, Buffer frame) {
        if (waiting.isEmpty() && takesMore()) {
            response.write(frame);
            return;
        }
        if (waiting.isEmpty()) {
            movedNanos = patience.clock().nanos();
            waiting = new LinkedHashMap<>();
        }
        waiting.remove(kind);
        waiting.put(kind, frame);
        flush();
        giveUp();
    }

    void end() {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }

    /** The event loop of its connection, on which everything but {@link #send} is called. */
    Context loop() {
        return loop;
    }

    private boolean takesMore() {
        return !response.closed() && !response.ended() && !response.writeQueueFull();
    }

    /** Frames that wait. */
    int waiting() {
        return waiting.size();
    }

    private void flush() {
        var frames = waiting.values().iterator();
        while (frames.hasNext() && takesMore()) {
            response.write(frames.next());
            frames.remove();
            movedNanos = patience.clock().nanos();
        }
        if (waiting.isEmpty()) {
            waiting = Map.of();
        }
    }

    private void giveUp() {
        long stuck = patience.clock().nanos() - movedNanos;
        if (!waiting.isEmpty() && stuck > patience.most().toNanos()) {
            waiting = Map.of();
            patience.gaveUp().run();
            connection.close();
        }
    }
}
