/** The loop that reads signals, decides, and issues directives. */
@NullMarked
package io.sluice.optimizer.decisions;

import org.jspecify.annotations.NullMarked;
