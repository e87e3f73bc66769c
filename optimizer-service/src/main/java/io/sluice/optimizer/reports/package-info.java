/** What a week was like. */
@NullMarked
package io.sluice.optimizer.reports;

import org.jspecify.annotations.NullMarked;
