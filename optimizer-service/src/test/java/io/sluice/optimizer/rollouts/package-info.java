@NullMarked
package io.sluice.optimizer.rollouts;

import org.jspecify.annotations.NullMarked;
