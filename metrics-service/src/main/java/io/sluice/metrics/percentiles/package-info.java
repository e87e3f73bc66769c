/** Reads the rollups of samples: metrics, percentiles, series. */
@NullMarked
package io.sluice.metrics.percentiles;

import org.jspecify.annotations.NullMarked;
