package io.sluice.image.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.sluice.contracts.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;

/**
 * Keeps every body small but an upload's: the server's own limit has to let uploads through, so that all other calls are held
 * to {@value #SMALL} bytes here, must say their length, and have {@value #ARRIVES_WITHIN_MILLIS} ms to arrive. Whoever sends too much loses the connection: shortly after the
 * answer, so that a client still sending can read it (RFC 9112, section 9.6).
 */
@ApplicationScoped
class BodyLimits {
    static final long SMALL = 1 << 20;

    private static final int BEFORE_THE_SERVERS_OWN_CHECK = 9_999;
    private static final long ARRIVES_WITHIN_MILLIS = 30_000;
    private static final long LINGER_MILLIS = 1_000;

    private final ObjectMapper json;

    BodyLimits(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN_CHECK);
    }

    private void check(RoutingContext context) {
        context.addHeadersEndHandler(ignored -> announceClose(context));
        context.addEndHandler(ended -> closeSoon(context));
        if ("/api/v1/images".equals(context.request().path())) {
            context.next();
            return;
        }
        if (context.request().getHeader("Transfer-Encoding") != null) {
            refuse(context, 411, "length-required", "The body needs a Content-Length", "Send it without chunks.");
            return;
        }
        String length = context.request().getHeader("Content-Length");
        if (length != null && (length.length() > 8 || tooLong(length))) {
            refuse(context, 413, "body-too-large", "The body is too large", "Send it in smaller parts.");
            return;
        }
        if (length != null && !length.equals("0")) {
            awaitArrival(context);
        }
        context.next();
    }

    private static void awaitArrival(RoutingContext context) {
        var request = context.request();
        long timer = context.vertx().setTimer(ARRIVES_WITHIN_MILLIS, ignored -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        context.addEndHandler(ignored -> context.vertx().cancelTimer(timer));
    }

    private static void announceClose(RoutingContext context) {
        if (sentTooMuch(context) && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
        }
    }

    private static void closeSoon(RoutingContext context) {
        if (sentTooMuch(context)) {
            context.vertx()
                    .setTimer(
                            LINGER_MILLIS,
                            ignored -> context.request().connection().close());
        }
    }

    private static boolean sentTooMuch(RoutingContext context) {
        int status = context.response().getStatusCode();
        return status == 408 || status == 411 || status == 413;
    }

    private static boolean tooLong(String length) {
        try {
            return Long.parseLong(length) > SMALL;
        } catch (NumberFormatException e) {
            return false; // the server refuses it
        }
    }

    private void refuse(RoutingContext context, int status, String slug, String title, String detail) {
        Problem problem = new Problem(URI.create("/problems/" + slug), title, status, detail, null, List.of());
        try {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }
}
