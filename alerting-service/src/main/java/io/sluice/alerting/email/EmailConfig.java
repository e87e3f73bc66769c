package io.sluice.alerting.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Whom the e-mail channel writes to; the server is {@code quarkus.mailer.*}. */
@ConfigMapping(prefix = "sluice.alerting.email")
public interface EmailConfig {
    /** Addresses; absent: the channel is off. */
    Optional<List<String>> to();

    /** Sender. */
    @WithDefault("sluice@localhost")
    String from();
}
