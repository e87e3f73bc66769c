package io.sluice.contracts.directive;

/**
 * Answer to a registration: what the optimizer will keep to.
 *
 * @param epoch of the optimizer
 * @param heartbeatSeconds between two heartbeats on the stream
 * @param leaseSeconds of directives
 * @param reconcileSeconds how often to read {@code GET /api/v1/directives} besides, with jitter
 */
public record WorkerSession(long epoch, int heartbeatSeconds, int leaseSeconds, int reconcileSeconds) {}
