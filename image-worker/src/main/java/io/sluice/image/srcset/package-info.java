/** Responsive sets: several sizes and formats of one image, asked for at once. */
@NullMarked
package io.sluice.image.srcset;

import org.jspecify.annotations.NullMarked;
