package io.sluice.alerting.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt to deliver ended. */
public sealed interface Outcome {
    /** The destination took it. */
    record Sent() implements Outcome {}

    /**
     * It may work later.
     *
     * @param after what the destination asked for; null: by back-off
     */
    record Later(String reason, @Nullable Duration after) implements Outcome {}

    /** It never will: the destination refuses it. */
    record Refused(String reason) implements Outcome {}
}
