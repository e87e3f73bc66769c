/** A small binding to libvips by the foreign function interface. */
@NullMarked
package io.sluice.image.vips;

import org.jspecify.annotations.NullMarked;
