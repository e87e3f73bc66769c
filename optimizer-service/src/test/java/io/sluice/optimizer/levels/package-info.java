@NullMarked
package io.sluice.optimizer.levels;

import org.jspecify.annotations.NullMarked;
