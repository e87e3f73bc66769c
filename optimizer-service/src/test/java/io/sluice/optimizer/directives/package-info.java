@NullMarked
package io.sluice.optimizer.directives;

import org.jspecify.annotations.NullMarked;
