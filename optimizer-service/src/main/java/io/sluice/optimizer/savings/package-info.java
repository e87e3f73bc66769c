/** What levels save, measured against the keys that are held back. */
@NullMarked
package io.sluice.optimizer.savings;

import org.jspecify.annotations.NullMarked;
