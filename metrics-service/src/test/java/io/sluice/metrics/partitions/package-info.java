@NullMarked
package io.sluice.metrics.partitions;

import org.jspecify.annotations.NullMarked;
