@NullMarked
package io.sluice.optimizer.workers;

import org.jspecify.annotations.NullMarked;
