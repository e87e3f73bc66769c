/** What the CDNs may cost in a month, and what they will. */
@NullMarked
package io.sluice.metrics.budgets;

import org.jspecify.annotations.NullMarked;
