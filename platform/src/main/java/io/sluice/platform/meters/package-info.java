/** Histogram buckets that all services share. */
@NullMarked
package io.sluice.platform.meters;

import org.jspecify.annotations.NullMarked;
