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
    private final Context context;
    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final Patience patience;
    private final Map<String, Buffer> waiting = new LinkedHashMap<>();
    private long movedNanos;

    /**
     * How long a stream may take nothing.
     *
     * @param most at the longest
     * @param gaveUp told of each stream that is disconnected
     */
    record Patience(Duration most, NanoClock clock, Runnable gaveUp) {}

    Subscriber(@Nullable String worker, String caller, Context context, HttpServerRequest request, Patience patience) {
        this.worker = worker;
        this.caller = caller;
        this.context = context;
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
        context.runOnContext(ignored -> {
            if (waiting.isEmpty()) {
                movedNanos = patience.clock().nanos();
            }
            waiting.remove(kind);
            waiting.put(kind, frame);
            flush();
            giveUp();
        });
    }

    void end() {
        context.runOnContext(ignored -> {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }

    /** Frames that wait. */
    int waiting() {
        return waiting.size();
    }

    private void flush() {
        var frames = waiting.values().iterator();
        while (frames.hasNext() && !response.closed() && !response.ended() && !response.writeQueueFull()) {
            response.write(frames.next());
            frames.remove();
            movedNanos = patience.clock().nanos();
        }
    }

    private void giveUp() {
        long stuck = patience.clock().nanos() - movedNanos;
        if (!waiting.isEmpty() && stuck > patience.most().toNanos()) {
            waiting.clear();
            patience.gaveUp().run();
            connection.close();
        }
    }
}
