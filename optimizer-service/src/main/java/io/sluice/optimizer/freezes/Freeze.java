package io.sluice.optimizer.freezes;

import java.time.Instant;
import java.util.UUID;

/**
 * Until it ends, every axis of every scope is pinned to what it was, and nobody may override it.
 *
 * @param reason for whoever wonders
 * @param actor who froze
 * @param expiresAt by the database's clock
 */
public record Freeze(UUID id, String reason, String actor, Instant createdAt, Instant expiresAt) {}
