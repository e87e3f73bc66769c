@NullMarked
package io.sluice.optimizer.overrides;

import org.jspecify.annotations.NullMarked;
