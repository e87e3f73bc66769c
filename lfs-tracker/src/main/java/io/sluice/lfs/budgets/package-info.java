/** What may be used, what has been and what is projected. */
@NullMarked
package io.sluice.lfs.budgets;

import org.jspecify.annotations.NullMarked;
