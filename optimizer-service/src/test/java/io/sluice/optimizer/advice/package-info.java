@NullMarked
package io.sluice.optimizer.advice;

import org.jspecify.annotations.NullMarked;
