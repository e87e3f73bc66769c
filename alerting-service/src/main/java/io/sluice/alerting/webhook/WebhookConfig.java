package io.sluice.alerting.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the webhook channel sends. */
@ConfigMapping(prefix = "sluice.alerting.webhook")
public interface WebhookConfig {
    /** Taken as a secret, for many carry a token; absent: the channel is off. */
    Optional<URI> url();

    /** For one attempt; at most 20 s. */
    @WithDefault("PT10S")
    Duration timeout();
}
