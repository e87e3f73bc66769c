@NullMarked
package io.sluice.optimizer.replays;

import org.jspecify.annotations.NullMarked;
