package io.sluice.gateway.routing;

import io.sluice.gateway.selection.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code cdns}: there is a snapshot with at least one CDN. */
@Readiness
@ApplicationScoped
class RoutesReadiness implements HealthCheck {
    private final Routes routes;

    RoutesReadiness(Routes routes) {
        this.routes = routes;
    }

    @Override
    public HealthCheckResponse call() {
        Snapshot snapshot = routes.current().standard();
        return HealthCheckResponse.named("cdns")
                .status(snapshot.size() > 0)
                .withData("version", snapshot.version())
                .withData("cdns", snapshot.size())
                .withData("usable", snapshot.usable())
                .withData("panic", snapshot.panic())
                .build();
    }
}
