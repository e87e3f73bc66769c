package io.sluice.alerting.groups;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** The one route: how alerts are put together and how often they are told about. Alertmanager's names and defaults. */
@ConfigMapping(prefix = "sluice.alerting.route")
public interface RouteConfig {
    /** Name of the receiver that holds all configured channels. */
    @WithDefault("default")
    String receiver();

    /** Labels whose values make a group; {@code ...} alone: every alert is its own. */
    @WithDefault("alertname,service")
    List<String> groupBy();

    /** From the first alert of a group to its first notification. */
    @WithDefault("PT30S")
    Duration groupWait();

    /** At least this long between two notifications about a group that changed. */
    @WithDefault("PT5M")
    Duration groupInterval();

    /** After this a group that did not change is told about again. */
    @WithDefault("PT4H")
    Duration repeatInterval();

    /** How long an alert without an end stays firing when it is not sent again. */
    @WithDefault("PT5M")
    Duration resolveTimeout();

    /** Longest time from a timer's due moment to its being looked at. */
    @WithDefault("PT1S")
    Duration poll();

    /** Under which receivers of notifications find this service. */
    @WithDefault("http://localhost:8083")
    String externalUrl();
}
