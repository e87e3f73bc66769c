@NullMarked
package io.sluice.lfs.thresholds;

import org.jspecify.annotations.NullMarked;
