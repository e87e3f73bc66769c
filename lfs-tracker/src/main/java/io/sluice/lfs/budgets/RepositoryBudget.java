package io.sluice.lfs.budgets;

import io.sluice.contracts.budget.Budget;
import java.math.BigDecimal;

/**
 * A limit that an operator set for one repository.
 *
 * @param kind {@code LFS_BANDWIDTH} or {@code LFS_STORAGE}
 * @param repository without owner
 * @param limit for a month, in GiB or GB; for storage what may be stored all month long
 */
record RepositoryBudget(String id, Budget.Kind kind, String repository, BigDecimal limit) {}
