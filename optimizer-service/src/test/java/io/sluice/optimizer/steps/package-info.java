@NullMarked
package io.sluice.optimizer.steps;

import org.jspecify.annotations.NullMarked;
