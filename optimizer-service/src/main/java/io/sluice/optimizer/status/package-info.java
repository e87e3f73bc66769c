/** Why the system is at its level. */
@NullMarked
package io.sluice.optimizer.status;

import org.jspecify.annotations.NullMarked;
