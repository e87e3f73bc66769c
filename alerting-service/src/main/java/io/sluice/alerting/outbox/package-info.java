/** Brings notifications to their destinations, in order and once. */
@NullMarked
package io.sluice.alerting.outbox;

import org.jspecify.annotations.NullMarked;
