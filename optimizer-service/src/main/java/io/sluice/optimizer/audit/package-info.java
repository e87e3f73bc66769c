/** Who did what and when, as a chain of hashes. */
@NullMarked
package io.sluice.optimizer.audit;

import org.jspecify.annotations.NullMarked;
