package io.sluice.lfs.billing;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Health check {@code billing} of the group {@code /q/health/well}: down while GitHub's bill cannot be read. */
@Wellness
@ApplicationScoped
class BillingHealth implements HealthCheck {
    private final BillingPoller poller;

    BillingHealth(BillingPoller poller) {
        this.poller = poller;
    }

    @Override
    public HealthCheckResponse call() {
        PullStatus status = poller.status();
        HealthCheckResponseBuilder builder = HealthCheckResponse.named("billing")
                .status(status.state() != PullStatus.State.FAILING && status.state() != PullStatus.State.DEGRADED)
                .withData("state", status.state().name());
        if (status.problem() != null) {
            builder.withData("problem", status.problem());
        }
        if (status.dataAt() != null) {
            builder.withData("dataAt", status.dataAt().toString());
        }
        return builder.build();
    }
}
