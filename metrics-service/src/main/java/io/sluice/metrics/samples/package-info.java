/** Takes samples and keeps them as rollups. */
@NullMarked
package io.sluice.metrics.samples;

import org.jspecify.annotations.NullMarked;
