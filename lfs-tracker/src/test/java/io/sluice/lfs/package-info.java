@NullMarked
package io.sluice.lfs;

import org.jspecify.annotations.NullMarked;
