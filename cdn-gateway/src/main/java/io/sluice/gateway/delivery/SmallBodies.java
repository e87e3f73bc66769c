package io.sluice.gateway.delivery;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads bodies that are small or refused. */
final class SmallBodies {
    private SmallBodies() {}

    /** Calls {@code whole} with a body of at most {@code limit} bytes, {@code tooLarge} as soon as it is known to be larger. */
    static void read(HttpServerRequest request, int limit, Consumer<Buffer> whole, Runnable tooLarge) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > 9 || Long.parseLong(length) > limit)) {
            tooLarge.run();
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            boolean fits = body.length() <= limit;
            body.appendBuffer(part);
            if (fits && body.length() > limit) {
                request.pause();
                tooLarge.run();
            }
        });
        request.endHandler(ignored -> {
            if (body.length() <= limit) {
                whole.accept(body);
            }
        });
    }
}
