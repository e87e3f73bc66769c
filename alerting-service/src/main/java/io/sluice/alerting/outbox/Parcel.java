package io.sluice.alerting.outbox;

import io.sluice.alerting.message.Message;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification on its way to one destination.
 *
 * @param idempotencyKey the same at each attempt
 * @param groupId hex digest of the group's key, the same for everything told about the group
 * @param attempts this one included
 * @param acceptedAt when the oldest report in it was taken
 */
public record Parcel(
        long id,
        UUID idempotencyKey,
        String groupId,
        Message message,
        int attempts,
        Instant acceptedAt,
        Instant createdAt) {}
