/** One writer among several optimizers, fenced by an epoch in PostgreSQL. */
@NullMarked
package io.sluice.optimizer.leadership;

import org.jspecify.annotations.NullMarked;
