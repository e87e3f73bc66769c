package io.sluice.platform.neighbour;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Health check {@code neighbours}: always up, for a neighbour that is away costs one feature, not the service. */
@Wellness
@ApplicationScoped
class NeighbourHealth implements HealthCheck {
    private final Neighbours neighbours;

    NeighbourHealth(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder builder =
                HealthCheckResponse.named("neighbours").up();
        neighbours.summary().forEach(builder::withData);
        return builder.build();
    }
}
