@NullMarked
package io.sluice.testkit.lfs;

import org.jspecify.annotations.NullMarked;
