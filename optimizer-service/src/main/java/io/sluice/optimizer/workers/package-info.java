/** Receivers of directives and what they acknowledge. */
@NullMarked
package io.sluice.optimizer.workers;

import org.jspecify.annotations.NullMarked;
