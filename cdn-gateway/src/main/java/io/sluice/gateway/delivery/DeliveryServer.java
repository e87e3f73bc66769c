package io.sluice.gateway.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the delivery port: one instance for each event loop, drained at shutdown. */
@ApplicationScoped
class DeliveryServer {
    private static final Logger LOG = Logger.getLogger(DeliveryServer.class);
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int IDLE_SECONDS = 60;
    private static final int START_SECONDS = 10;

    private final Vertx vertx;
    private final DeliveryConfig config;
    private final DeliveryHandler handler;
    private final Refusals refusals;
    private @Nullable String deployment;

    DeliveryServer(Vertx vertx, DeliveryConfig config, DeliveryHandler handler, Refusals refusals) {
        this.vertx = vertx;
        this.config = config;
        this.handler = handler;
        this.refusals = refusals;
    }

    void start(@Observes @Priority(1000) StartupEvent event) {
        int loops = config.loops() > 0 ? config.loops() : Runtime.getRuntime().availableProcessors();
        try {
            deployment = vertx.deployVerticle(Instance::new, new DeploymentOptions().setInstances(loops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "cannot listen on delivery port " + config.port()
                            + "; set sluice.gateway.delivery.port to a free one",
                    e.getCause());
        }
        LOG.infof("delivery on http://%s:%d with %d event loops", config.host(), config.port(), loops);
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        String running = deployment;
        if (running == null) {
            return;
        }
        handler.drain();
        awaitLookups();
        try {
            vertx.undeploy(running)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warnf("the delivery server did not close: %s", e.getCause());
        }
    }

    private void awaitLookups() {
        long deadline = System.nanoTime() + config.drain().toNanos();
        try {
            while (handler.waiting() > 0 && System.nanoTime() - deadline < 0) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Instance extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(config.host())
                    .setPort(config.port())
                    .setMaxInitialLineLength(MAX_LINE)
                    .setMaxHeaderSize(MAX_HEADERS)
                    .setIdleTimeout(IDLE_SECONDS)
                    // There are no WebSockets here: without this, each request passes a handler for them.
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setTracingPolicy(TracingPolicy.IGNORE);
            vertx.createHttpServer(options)
                    .requestHandler(handler)
                    .invalidRequestHandler(this::refuse)
                    .listen()
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void refuse(HttpServerRequest request) {
            Throwable cause = request.decoderResult().cause();
            int status = switch (cause) {
                case io.netty.handler.codec.http.TooLongHttpLineException ignored -> 414;
                case io.netty.handler.codec.http.TooLongHttpHeaderException ignored -> 431;
                case null, default -> 400;
            };
            refusals.unreadable(request.response(), status);
        }
    }
}
