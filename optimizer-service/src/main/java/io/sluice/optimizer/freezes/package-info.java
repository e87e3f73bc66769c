/** Everything stays as it is, for a time. */
@NullMarked
package io.sluice.optimizer.freezes;

import org.jspecify.annotations.NullMarked;
