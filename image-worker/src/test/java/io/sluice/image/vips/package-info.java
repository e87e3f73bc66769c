@NullMarked
package io.sluice.image.vips;

import org.jspecify.annotations.NullMarked;
