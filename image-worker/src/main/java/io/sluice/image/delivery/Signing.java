package io.sluice.image.delivery;

import io.sluice.contracts.image.AddressSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The signer, and readiness {@code signing}: without a key every address is refused. */
@Readiness
@ApplicationScoped
class Signing implements HealthCheck {
    private final Optional<AddressSigner> signer;
    private final int keys;

    Signing(SigningConfig config) {
        this.keys = config.keys().size();
        this.signer = config.active().map(active -> new AddressSigner(active, decoded(config.keys())));
    }

    /** Empty when no key is configured. */
    Optional<AddressSigner> signer() {
        return signer;
    }

    @Override
    public HealthCheckResponse call() {
        return signer.isPresent()
                ? HealthCheckResponse.named("signing")
                        .up()
                        .withData("keys", keys)
                        .build()
                : HealthCheckResponse.named("signing")
                        .down()
                        .withData("remedy", "set sluice.signing.active and sluice.signing.keys as cdn-gateway has them")
                        .build();
    }

    private static Map<String, byte[]> decoded(Map<String, String> keys) {
        Map<String, byte[]> secrets = new HashMap<>();
        keys.forEach((kid, secret) -> secrets.put(kid, Base64.getDecoder().decode(secret)));
        return secrets;
    }
}
