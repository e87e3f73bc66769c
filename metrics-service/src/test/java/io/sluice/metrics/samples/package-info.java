@NullMarked
package io.sluice.metrics.samples;

import org.jspecify.annotations.NullMarked;
