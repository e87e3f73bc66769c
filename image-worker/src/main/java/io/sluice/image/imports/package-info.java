/** Imports of folders and of lists of URLs: every image becomes a source. */
@NullMarked
package io.sluice.image.imports;

import org.jspecify.annotations.NullMarked;
