@NullMarked
package io.sluice.optimizer.leadership;

import org.jspecify.annotations.NullMarked;
