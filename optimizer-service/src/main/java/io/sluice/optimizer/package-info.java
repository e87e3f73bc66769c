/** Turns budgets and faults into directives, and knows who applied them. */
@NullMarked
package io.sluice.optimizer;

import org.jspecify.annotations.NullMarked;
