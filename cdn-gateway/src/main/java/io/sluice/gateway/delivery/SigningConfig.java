package io.sluice.gateway.delivery;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Keys that sign addresses; image-worker knows the same. */
@ConfigMapping(prefix = "sluice.signing")
public interface SigningConfig {
    /** Id of the key that signs. */
    String active();

    /** Key id to secret, base64, at least 16 bytes. */
    Map<String, String> keys();
}
