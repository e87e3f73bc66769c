@NullMarked
package io.sluice.optimizer.pacing;

import org.jspecify.annotations.NullMarked;
