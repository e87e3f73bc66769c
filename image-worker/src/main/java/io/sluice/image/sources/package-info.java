/** Names for images, and the feed of their changes. */
@NullMarked
package io.sluice.image.sources;

import org.jspecify.annotations.NullMarked;
