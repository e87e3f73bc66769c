package io.sluice.optimizer.workers;

import io.sluice.contracts.directive.Ack;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as the optimizer knows it.
 *
 * @param live whether it gave a sign of life lately
 * @param staleSince since when it does not have what is in force; absent when it does
 * @param why it is stale, for a person; absent when it is not
 * @param acks its newest acknowledgement of each scope
 */
public record WorkerView(
        String id,
        String service,
        String version,
        String bootId,
        List<String> levers,
        Instant registeredAt,
        Instant seenAt,
        boolean live,
        @Nullable Instant staleSince,
        @Nullable String why,
        List<Latest> acks) {

    /** The newest acknowledgement of one scope. */
    public record Latest(
            String scope,
            long generation,
            Ack.Status status,
            Instant at,
            List<String> ignored,
            @Nullable String message) {}
}
