@NullMarked
package io.sluice.image.variant;

import org.jspecify.annotations.NullMarked;
