@NullMarked
package io.sluice.lfs.usage;

import org.jspecify.annotations.NullMarked;
