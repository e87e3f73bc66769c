@NullMarked
package io.sluice.lfs.budgets;

import org.jspecify.annotations.NullMarked;
