/** Which batches have been taken, so that none is counted twice. */
@NullMarked
package io.sluice.metrics.batches;

import org.jspecify.annotations.NullMarked;
