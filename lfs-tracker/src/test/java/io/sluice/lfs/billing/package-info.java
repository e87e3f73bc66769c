@NullMarked
package io.sluice.lfs.billing;

import org.jspecify.annotations.NullMarked;
