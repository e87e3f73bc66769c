package io.sluice.contracts.directive;

import java.time.Instant;

/**
 * Event {@code heartbeat} of the stream: renews every lease and tells whether an event was missed.
 *
 * @param epoch of the optimizer; a lower one than that of a held directive renews nothing
 * @param digest {@link DirectiveSet#digestOf} of all directives in force; when it differs from the receiver's, it reads them anew
 * @param leaseUntil by the optimizer's clock, for people; receivers count from receipt
 */
public record StreamHeartbeat(long epoch, String digest, Instant leaseUntil) {}
