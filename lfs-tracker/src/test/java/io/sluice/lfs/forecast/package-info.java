@NullMarked
package io.sluice.lfs.forecast;

import org.jspecify.annotations.NullMarked;
