package io.sluice.gateway.delivery;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness {@code delivery}: asks the delivery port as a client would. */
@Liveness
@ApplicationScoped
class DeliveryLiveness implements AsyncHealthCheck {
    private static final int TIMEOUT_MILLIS = 2000;

    private final WebClient client;
    private final int port;
    private final String host;

    DeliveryLiveness(Vertx vertx, DeliveryConfig config) {
        this.client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
        this.port = config.port();
        this.host = config.host().equals("0.0.0.0") ? "127.0.0.1" : config.host();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> client.get(port, host, "/live")
                        .timeout(TIMEOUT_MILLIS)
                        .send()
                        .onSuccess(response -> emitter.complete(response.statusCode() == 200))
                        .onFailure(emitter::fail))
                .onFailure()
                .recoverWithItem(false)
                .map(up -> HealthCheckResponse.named("delivery")
                        .status(up)
                        .withData("port", port)
                        .build());
    }
}
