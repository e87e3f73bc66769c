/** Knows what Git LFS traffic costs, live and as billed. */
@NullMarked
package io.sluice.lfs;

import org.jspecify.annotations.NullMarked;
