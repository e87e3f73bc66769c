package io.sluice.alerting.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notifications are delivered. */
@ConfigMapping(prefix = "sluice.alerting.outbox")
public interface OutboxConfig {
    /** How often the table is looked at when nobody woke the courier. */
    @WithDefault("PT1S")
    Duration poll();

    /** How long a delivery belongs to the process that claimed it, by the database's clock. Longer than any attempt. */
    @WithDefault("PT30S")
    Duration lease();

    /** Deliveries of one channel under way at a time. */
    @WithDefault("16")
    int inFlight();

    /** Before the second attempt; doubles with each one. */
    @WithDefault("PT1S")
    Duration firstRetry();

    /** Longest wait between two attempts, unless the destination asks for a longer one. */
    @WithDefault("PT1M")
    Duration longestRetry();

    /** After this a delivery that never worked is given up and shown as failed. */
    @WithDefault("PT24H")
    Duration giveUpAfter();

    /** How long finished notifications can be looked up. */
    @WithDefault("P30D")
    Duration retention();
}
