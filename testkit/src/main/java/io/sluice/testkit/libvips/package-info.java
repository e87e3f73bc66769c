/** Finds or fetches libvips for image-worker. */
@NullMarked
package io.sluice.testkit.libvips;

import org.jspecify.annotations.NullMarked;
