/** Work that repeats. */
@NullMarked
package io.sluice.optimizer.timing;

import org.jspecify.annotations.NullMarked;
