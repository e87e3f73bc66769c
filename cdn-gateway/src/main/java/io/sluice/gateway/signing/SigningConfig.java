package io.sluice.gateway.signing;

import io.sluice.contracts.image.AddressSigner;
import io.smallrye.config.ConfigMapping;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Keys that sign addresses; image-worker knows the same. */
@ConfigMapping(prefix = "sluice.signing")
public interface SigningConfig {
    /** Id of the key that signs. */
    String active();

    /** Key id to secret, base64, at least 16 bytes. */
    Map<String, String> keys();

    /** What signs by it. */
    static AddressSigner signer(SigningConfig config) {
        Map<String, byte[]> secrets = new HashMap<>();
        config.keys()
                .forEach((kid, secret) -> secrets.put(kid, Base64.getDecoder().decode(secret)));
        return new AddressSigner(config.active(), secrets);
    }
}
