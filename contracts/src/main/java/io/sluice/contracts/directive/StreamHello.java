package io.sluice.contracts.directive;

import java.time.Instant;

/** First event ({@code hello}) of {@code GET /api/v1/directives/stream}; then follow {@code directive} events and heartbeats. */
public record StreamHello(long epoch, int heartbeatSeconds, int leaseSeconds, Instant serverTime) {}
