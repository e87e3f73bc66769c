/** Whether a CDN answers: active probes, a breaker fed by outcomes, and their history. */
@NullMarked
package io.sluice.gateway.health;

import org.jspecify.annotations.NullMarked;
