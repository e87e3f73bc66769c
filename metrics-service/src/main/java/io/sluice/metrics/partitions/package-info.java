/** Time-series tables: partitions made ahead of time, dropped when they have outlived their use. */
@NullMarked
package io.sluice.metrics.partitions;

import org.jspecify.annotations.NullMarked;
