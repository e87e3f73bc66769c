package io.sluice.optimizer.directives;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One open stream. While its connection takes no more, only the newest frame of each kind is kept for it: a slow receiver costs
 * one directive of memory and holds nobody back. Confined to its event loop.
 */
final class Subscriber {
    private final @Nullable String worker;
    private final String caller;
    private final Context loop;
    private final HttpServerResponse response;

    /** Empty and shared as long as the connection keeps up, as nearly all do. */
    private Map<String, Buffer> waiting = Map.of();

    Subscriber(@Nullable String worker, String caller, Context loop, HttpServerResponse response) {
        this.worker = worker;
        this.caller = caller;
        this.loop = loop;
        this.response = response;
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
        if (waiting.isEmpty() && takesMore()) {
            response.write(frame);
            return;
        }
        if (waiting.isEmpty()) {
            waiting = new LinkedHashMap<>();
        }
        waiting.remove(kind);
        waiting.put(kind, frame);
        flush();
    }

    void end() {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }

    /** The event loop of its connection, on which everything here is called. */
    Context loop() {
        return loop;
    }

    private boolean takesMore() {
        return !response.closed() && !response.ended() && !response.writeQueueFull();
    }

    private void flush() {
        var frames = waiting.values().iterator();
        while (frames.hasNext() && takesMore()) {
            response.write(frames.next());
            frames.remove();
        }
        if (waiting.isEmpty()) {
            waiting = Map.of();
        }
    }
}
