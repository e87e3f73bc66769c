@NullMarked
package io.sluice.image.hostile;

import org.jspecify.annotations.NullMarked;
