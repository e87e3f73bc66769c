/** Demand of the past, or a made-up one, under another policy. */
@NullMarked
package io.sluice.optimizer.replays;

import org.jspecify.annotations.NullMarked;
