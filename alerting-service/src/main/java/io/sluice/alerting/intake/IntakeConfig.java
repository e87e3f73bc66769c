package io.sluice.alerting.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Who may send alerts, and what. */
@ConfigMapping(prefix = "sluice.alerting.intake")
interface IntakeConfig {
    /** Callers from these networks (CIDR) need no token for {@code /api/v2}; others send Bearer or Basic. */
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> networks();

    /** Alerts waiting to be stored; above it the answer is 503 until there is room. */
    @WithDefault("20000")
    int mostWaiting();

    /** Whether label names may be any UTF-8 text, as since Alertmanager 0.27, or letters, digits and underscores only. */
    @WithDefault("false")
    boolean utf8Names();
}
