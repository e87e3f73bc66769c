@NullMarked
package io.sluice.metrics.histogram;

import org.jspecify.annotations.NullMarked;
