@NullMarked
package io.sluice.metrics.percentiles;

import org.jspecify.annotations.NullMarked;
