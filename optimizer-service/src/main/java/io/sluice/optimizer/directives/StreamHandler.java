package io.sluice.optimizer.directives;

import io.sluice.optimizer.presence.Presence;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * {@code GET /api/v1/directives/stream}: Server-Sent Events (WHATWG HTML, section 9.2), on a plain route because the JAX-RS
 * broadcaster neither notices closed connections nor knows a slow one. Each connection begins with everything in force, so
 * {@code Last-Event-ID} is not needed.
 */
@ApplicationScoped
class StreamHandler {
    private final Broadcast broadcast;
    private final Presence presence;

    StreamHandler(Broadcast broadcast, Presence presence) {
        this.broadcast = broadcast;
        this.presence = presence;
    }

    void register(@Observes Router router) {
        router.get("/api/v1/directives/stream").handler(this::open);
    }

    private void open(RoutingContext context) {
        String worker = context.request().getParam("worker");
        User user = context.user();
        String caller = user == null ? "" : user.principal().getString("username", "");
        HttpServerResponse response = context.response()
                .putHeader("Content-Type", "text/event-stream;charset=UTF-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        Subscriber subscriber = new Subscriber(
                worker,
                caller,
                VertxContext.getRootContext(context.vertx().getOrCreateContext()),
                context.request(),
                broadcast.patience());
        response.closeHandler(closed -> broadcast.remove(subscriber));
        response.exceptionHandler(failed -> broadcast.remove(subscriber));
        response.endHandler(ended -> broadcast.remove(subscriber));
        presence.seen(worker, caller);
        broadcast.add(subscriber);
    }
}
