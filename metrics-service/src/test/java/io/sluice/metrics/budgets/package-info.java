@NullMarked
package io.sluice.metrics.budgets;

import org.jspecify.annotations.NullMarked;
