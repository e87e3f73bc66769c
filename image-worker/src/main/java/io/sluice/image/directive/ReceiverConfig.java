package io.sluice.image.directive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** This worker as a receiver of directives. */
@ConfigMapping(prefix = "sluice.directives")
public interface ReceiverConfig {
    /** The optimizer's public keys, base64 X.509 Ed25519, by key id; without any, every directive is refused. */
    Map<String, String> keys();

    /** Stable over restarts, different for each worker. */
    @WithDefault("image-worker-0")
    String workerId();
}
