package io.sluice.optimizer.directives;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What directives are like, and how they travel. */
@ConfigMapping(prefix = "sluice.optimizer")
public interface DirectiveConfig {
    /** The key that signs directives. */
    Signing signing();

    /** The stream. */
    Broadcast broadcast();

    /** Contents that are the same in every directive. */
    Directives directives();

    /** The key that signs directives. */
    interface Signing {
        /** Its id, by which receivers know the public key; 1-32 of {@code 0-9A-Za-z_-}. */
        String kid();

        /** Ed25519 private key, base64 of PKCS #8. */
        String privateKey();
    }

    /** The stream. */
    interface Broadcast {
        /** Between two heartbeats; at least three must fit into a lease. */
        @WithDefault("PT10S")
        Duration heartbeat();

        /** How long a stream may take nothing before it is disconnected; above the heartbeat. */
        @WithDefault("PT1M")
        Duration patience();

        /** Between two looks at what other optimizers have issued. */
        @WithDefault("PT2S")
        Duration refresh();
    }

    /** Contents that are the same in every directive. */
    interface Directives {
        /** How long a directive stays in force without a heartbeat, PT5S to PT1H. */
        @WithDefault("PT15M")
        Duration lease();

        /** Services that must acknowledge. */
        @WithDefault("image-worker,cdn-gateway")
        List<String> audience();

        /** Share of keys that always stay at level 0, so that savings can be measured; 0-0.1. */
        @WithDefault("0.01")
        double holdback();

        /** Salt of the keys' places; changing it re-renders, so it should never change. */
        @WithDefault("sluice-1")
        String salt();

        /** How long after its last sign of life a receiver counts as live. */
        @WithDefault("PT90S")
        Duration live();
    }
}
