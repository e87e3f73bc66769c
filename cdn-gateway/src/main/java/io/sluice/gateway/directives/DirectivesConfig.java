package io.sluice.gateway.directives;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Whose directives are taken, and under which name. */
@ConfigMapping(prefix = "sluice.directives")
public interface DirectivesConfig {
    /** Key id to the optimizer's public key: Ed25519, X.509 in base64. Without any, every directive is refused. */
    Map<String, String> keys();

    /** By which the optimizer knows this replica; stable over restarts. */
    @WithDefault("cdn-gateway-0")
    String workerId();

    /** Longest silence of the stream before it is connected anew; above the optimizer's heartbeat. */
    @WithDefault("PT25S")
    Duration silence();

    /** Between two readings of all directives. */
    @WithDefault("PT30S")
    Duration reconcile();
}
