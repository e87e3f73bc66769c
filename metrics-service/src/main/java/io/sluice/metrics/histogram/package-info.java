/** Quantiles that merge: a base-2 exponential histogram. */
@NullMarked
package io.sluice.metrics.histogram;

import org.jspecify.annotations.NullMarked;
