@NullMarked
package io.sluice.optimizer;

import org.jspecify.annotations.NullMarked;
