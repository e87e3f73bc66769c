/** Signs of life of receivers. */
@NullMarked
package io.sluice.optimizer.presence;

import org.jspecify.annotations.NullMarked;
