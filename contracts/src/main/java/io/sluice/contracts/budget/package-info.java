/** Budgets: what may be used in a period, what has been, and what is projected. */
@NullMarked
package io.sluice.contracts.budget;

import org.jspecify.annotations.NullMarked;
