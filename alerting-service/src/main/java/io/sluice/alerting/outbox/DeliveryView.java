package io.sluice.alerting.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was told to whom.
 *
 * @param id of the delivery; newer ones are higher
 * @param notification deliveries of one notification share it
 * @param state PENDING, SENT or FAILED (refused for good, or given up)
 * @param dueAt of the next attempt while pending
 * @param lastError why the last attempt did not work
 */
public record DeliveryView(
        long id,
        long notification,
        String receiver,
        String channel,
        Kind kind,
        String groupKey,
        int alerts,
        UUID idempotencyKey,
        String state,
        int attempts,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant doneAt,
        @Nullable String lastError) {}
