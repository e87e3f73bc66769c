@NullMarked
package io.sluice.optimizer.decisions;

import org.jspecify.annotations.NullMarked;
