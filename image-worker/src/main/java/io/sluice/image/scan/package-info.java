/** Looks at an upload's bytes before any native code does, and refuses what would hurt. */
@NullMarked
package io.sluice.image.scan;

import org.jspecify.annotations.NullMarked;
