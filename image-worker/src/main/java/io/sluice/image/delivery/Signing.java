package io.sluice.image.delivery;

import io.sluice.contracts.image.AddressSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The signer of addresses; without a key every address is refused. */
@ApplicationScoped
public class Signing {
    private final Optional<AddressSigner> signer;

    Signing(SigningConfig config) {
        this.signer = config.active().map(active -> new AddressSigner(active, decoded(config.keys())));
    }

    /** Empty when no key is configured. */
    public Optional<AddressSigner> signer() {
        return signer;
    }

    private static Map<String, byte[]> decoded(Map<String, String> keys) {
        Map<String, byte[]> secrets = new HashMap<>();
        keys.forEach((kid, secret) -> secrets.put(kid, Base64.getDecoder().decode(secret)));
        return secrets;
    }
}
