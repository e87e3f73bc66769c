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
    private final Context context;
    private final HttpServerResponse response;
    private final Map<String, Buffer> waiting = new LinkedHashMap<>();

    Subscriber(@Nullable String worker, String caller, Context context, HttpServerResponse response) {
        this.worker = worker;
        this.caller = caller;
        this.context = context;
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
        context.runOnContext(ignored -> {
            waiting.remove(kind);
            waiting.put(kind, frame);
            flush();
        });
    }

    void end() {
        context.runOnContext(ignored -> {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }

    private void flush() {
        var frames = waiting.values().iterator();
        while (frames.hasNext() && !response.closed() && !response.ended() && !response.writeQueueFull()) {
            response.write(frames.next());
            frames.remove();
        }
    }
}
