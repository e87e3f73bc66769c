/** A Git LFS server for tests. */
@NullMarked
package io.sluice.testkit.lfs;

import org.jspecify.annotations.NullMarked;
