package io.sluice.image.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code signing}: whether there is a key to check addresses with, and what is wrong with a file of keys. */
@Readiness
@ApplicationScoped
class SigningHealth implements HealthCheck {
    private final Signing signing;

    SigningHealth(Signing signing) {
        this.signing = signing;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("signing");
        if (!signing.problem().isEmpty()) {
            response.withData("file", signing.problem());
        }
        return signing.keys()
                .map(keys -> response.up()
                        .withData("active", keys.active())
                        .withData("keys", String.join(",", keys.ids()))
                        .build())
                .orElseGet(() -> response.down()
                        .withData(
                                "remedy",
                                "set sluice.signing.active and sluice.signing.keys as cdn-gateway has them, or name a file"
                                        + " of them in sluice.signing.file")
                        .build());
    }
}
