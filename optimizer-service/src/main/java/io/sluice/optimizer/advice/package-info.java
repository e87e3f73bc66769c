/** Advice on contracts with CDNs; never applied by itself. */
@NullMarked
package io.sluice.optimizer.advice;

import org.jspecify.annotations.NullMarked;
