/** What operators want to be kept, as versioned data. */
@NullMarked
package io.sluice.optimizer.policies;

import org.jspecify.annotations.NullMarked;
