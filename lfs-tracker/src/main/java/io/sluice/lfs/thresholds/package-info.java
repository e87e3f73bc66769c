/** Alerts when a budget's thresholds are passed. */
@NullMarked
package io.sluice.lfs.thresholds;

import org.jspecify.annotations.NullMarked;
