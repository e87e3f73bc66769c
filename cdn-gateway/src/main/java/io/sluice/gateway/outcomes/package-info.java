/** What clients report of decisions: signed ids, one vote each, handed on to metrics-service. */
@NullMarked
package io.sluice.gateway.outcomes;

import org.jspecify.annotations.NullMarked;
