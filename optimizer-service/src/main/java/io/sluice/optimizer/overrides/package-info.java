/** Levels that operators set by hand, for a time. */
@NullMarked
package io.sluice.optimizer.overrides;

import org.jspecify.annotations.NullMarked;
