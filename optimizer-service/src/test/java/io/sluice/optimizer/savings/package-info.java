@NullMarked
package io.sluice.optimizer.savings;

import org.jspecify.annotations.NullMarked;
