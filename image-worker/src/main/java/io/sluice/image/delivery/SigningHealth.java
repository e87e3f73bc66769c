package io.sluice.image.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code signing}: whether there is a key to check addresses with. */
@Readiness
@ApplicationScoped
class SigningHealth implements HealthCheck {
    private final Signing signing;

    SigningHealth(Signing signing) {
        this.signing = signing;
    }

    @Override
    public HealthCheckResponse call() {
        return signing.signer().isPresent()
                ? HealthCheckResponse.named("signing").up().build()
                : HealthCheckResponse.named("signing")
                        .down()
                        .withData("remedy", "set sluice.signing.active and sluice.signing.keys as cdn-gateway has them")
                        .build();
    }
}
