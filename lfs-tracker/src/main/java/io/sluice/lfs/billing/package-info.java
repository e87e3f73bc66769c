/** Pulls GitHub's usage report day by day and keeps it. */
@NullMarked
package io.sluice.lfs.billing;

import org.jspecify.annotations.NullMarked;
