@NullMarked
package io.sluice.metrics.scorecard;

import org.jspecify.annotations.NullMarked;
